using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Audit;

/// <summary>
/// Judges the kept numbers of a verdict again, by the policy of then, for the reader of its event. Risk, which writes events itself
/// and so must not be known here, gives it.
/// </summary>
/// <param name="row">The event.</param>
/// <param name="cancellationToken">Ends the wait for the policy of then.</param>
/// <returns>Null where there is none, or where its numbers are of a version that this build cannot read: the event counts without.</returns>
public delegate ValueTask<RiskVerdict?> VerdictReplay(AuditEventRow row, CancellationToken cancellationToken);
