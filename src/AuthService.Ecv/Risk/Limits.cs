using System.Collections.Immutable;
using AuthService.Ecv.Characteristics;

namespace AuthService.Ecv.Risk;

/// <summary>What a verdict could not take into account, in words.</summary>
internal static class Limits
{
    private const string FromValue =
        "Scored from an ECV alone: it says nothing about when it was made, every value counts as rare, and the cells beside its place are unknown.";

    private const string NoConnection = "No connection was observed: network.origin is absent.";
    private const string NoHistory = "The account has no history of anything that was sent or observed.";
    private const string Uncounted = "Nobody counted the accounts on this network, so it cannot be familiar.";

    public static ImmutableArray<string> Of(VerdictRecord record)
    {
        // Most verdicts have none: an array grows only where there is something to say.
        ImmutableArray<string> limits = record.FromValue ? [FromValue] : [];
        var hasHistory = false;
        foreach (ref readonly var measure in record.Kinds.AsSpan())
        {
            if (measure is { Kind: CharacteristicKind.NetworkOrigin, Present: 0 })
                limits = limits.Add(NoConnection);
            hasHistory |= measure.Coarse.History + measure.Middle.History + measure.Fine.History > 0;
        }

        if (!hasHistory)
            limits = limits.Add(NoHistory);
        return record.EarlierDays > 0 && record.Facts.AccountsOnNetwork is null ? limits.Add(Uncounted) : limits;
    }
}
