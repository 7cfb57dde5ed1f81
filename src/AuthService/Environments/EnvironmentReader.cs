using AuthService.Ecv.Signals;
using AuthService.Hosting.Errors;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Environments;

/// <summary>Takes environments at the edge: parses them, and says what is wrong with each field.</summary>
public sealed class EnvironmentReader(TimeProvider clock)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(1);

    // google.protobuf.Timestamp: years 1 to 9999.
    private const long FirstSecond = -62_135_596_800, LastSecond = 253_402_300_799;

    /// <param name="fields">Takes the violations.</param>
    /// <param name="path">Where the message stands in the request: <c>environment</c>.</param>
    /// <param name="message">May be null: then there are no signals.</param>
    public CanonicalSignals Read(FieldViolations fields, string path, EnvironmentSignals? message)
    {
        if (message is null)
            return CanonicalSignals.Empty;

        if (message.CollectedAt is { } collectedAt && !IsRecent(collectedAt))
            fields.Add($"{path}.collected_at", "Must be at most 10 minutes ago and at most 1 minute ahead.");
        if (!SignalParser.TryParse(SignalMapping.ToRaw(message), out var signals, out var violations))
        {
            foreach (var violation in violations)
                fields.Add($"{path}.{violation.Field}", violation.Description);
        }

        return signals;
    }

    private bool IsRecent(Timestamp collectedAt)
    {
        if (collectedAt.Seconds is < FirstSecond or > LastSecond || collectedAt.Nanos is < 0 or > 999_999_999)
            return false;
        var age = clock.GetUtcNow() - collectedAt.ToDateTimeOffset();
        return age <= MaxAge && age >= -MaxAhead;
    }
}
