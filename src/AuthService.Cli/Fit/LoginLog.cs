using AuthService.Risk;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Cli.Fit;

/// <summary>The logins of a deployment's own audit log.</summary>
/// <param name="Honest">Those that were let in: at once, or by a step-up that was completed.</param>
/// <param name="Abandoned">Step-ups that nobody completed: strangers, and owners who gave up. They say nothing.</param>
/// <param name="Unwatched">Of the honest, those that were let in only because the policy was to monitor.</param>
/// <param name="Unreadable">Verdicts of another model than this build's.</param>
internal sealed record LoginLog(IReadOnlyList<HonestLogin> Honest, int Abandoned, int Unwatched, int Unreadable)
{
    private const string MonitorOnly = "monitor_only";

    /// <param name="audit">The running service.</param>
    /// <param name="policy">By which every login is judged again.</param>
    /// <param name="from">The earliest that counts.</param>
    /// <param name="until">Now.</param>
    /// <param name="progress">Told the share of this time that is read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<LoginLog> ReadAsync(
        AuditService.AuditServiceClient audit, RiskPolicy policy, DateTimeOffset from, DateTimeOffset until, Action<double> progress,
        CancellationToken cancellationToken)
    {
        var request = new ListEventsRequest
        {
            PageSize = 1000, StartTime = from.ToTimestamp(), Types_ = { EventType.LoginSucceeded, EventType.StepUpRequired, EventType.StepUpCompleted },
        };
        var (honest, completed) = (new List<HonestLogin>(), new HashSet<string>(StringComparer.Ordinal));
        var (abandoned, unwatched, unreadable) = (0, 0, 0);
        do
        {
            var page = await audit.ListEventsAsync(request, cancellationToken: cancellationToken);
            foreach (var entry in page.Events)
            {
                // The newest first: a step-up's end is read before its beginning.
                if (entry.Type == EventType.StepUpCompleted)
                    completed.Add(entry.VerdictId);
                else if (entry.Type == EventType.StepUpRequired && !completed.Contains(entry.VerdictId))
                    abandoned++;
                else if (Judge(entry, policy) is not { } login)
                    unreadable++;
                else
                    honest.Add(login);

                if (entry.Type == EventType.LoginSucceeded && entry.Recorded?.Decision != Decision.Allow && entry.Details.ContainsKey(MonitorOnly))
                    unwatched++;
                progress((until - entry.EventTime.ToDateTimeOffset()) / (until - from));
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        progress(1);
        return new LoginLog(honest, abandoned, unwatched, unreadable);
    }

    private static HonestLogin? Judge(AuditEvent entry, RiskPolicy policy)
    {
        if (entry.Recorded is null)
            return null;
        try
        {
            var verdict = VerdictMapping.Replay(entry.Recorded.Numbers.Span, entry.VerdictId, policy);
            return new HonestLogin(entry.AccountId, verdict.ScoreMillibits, verdict.Gate != Gate.Shut);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
