using AuthService.V1;

namespace AuthService.Audit;

/// <summary>
/// Judges the kept numbers of a verdict again, for the reader of its event. Risk, which writes events itself and so must not be
/// known here, gives it.
/// </summary>
/// <param name="record">As in <see cref="AuditEntry.Verdict"/>.</param>
/// <param name="verdictId">Under which it stands.</param>
/// <exception cref="InvalidDataException">The bytes are no record.</exception>
public delegate RiskVerdict VerdictReplay(byte[] record, string verdictId);
