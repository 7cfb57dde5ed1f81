using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Risk;

/// <summary>Whether a network is one of the account's own.</summary>
internal static class FamiliarNetwork
{
    /// <summary>More days than this are not told apart.</summary>
    public const byte ManyDays = 2;

    private const int PrefixLevel = 2;

    /// <summary>On how many days before today the account used this /24 or /48: 0, 1, or 2 for two and more.</summary>
    public static byte EarlierDays(Profile profile, TokenizedEnvironment environment, ushort today)
    {
        var prefix = environment[CharacteristicKind.NetworkOrigin, PrefixLevel];
        var (first, second) = (ushort.MaxValue, ushort.MaxValue);
        foreach (var entry in profile.Row.EntriesOf(CharacteristicKind.NetworkOrigin))
        {
            if (!prefix.IsPresent || entry.At(PrefixLevel) != prefix || ProfileDay.HasFaded(entry.LastDay, today))
                continue;

            // The same prefix may stand under several ASNs or countries, as address tables change.
            foreach (var day in (ReadOnlySpan<ushort>)[entry.FirstDay, entry.SecondDay, entry.LastDay])
            {
                if (day == 0 || day == first || day == second)
                    continue;
                if (day < first)
                    (first, second) = (day, first);
                else if (day < second)
                    second = day;
            }
        }

        return (byte)((first < today ? 1 : 0) + (second < today ? 1 : 0));
    }

    /// <summary>Whether the account has used this /24 or /48, today or before.</summary>
    public static bool IsKnown(VerdictRecord record)
    {
        // Not by its index: a record of the log need not hold every kind.
        foreach (var measure in record.Kinds)
        {
            if (measure.Kind == CharacteristicKind.NetworkOrigin)
                return measure.IsPresent(PrefixLevel) && measure[PrefixLevel].Closeness == LevelMeasure.One;
        }

        return false;
    }

    /// <summary>Networks whose addresses are nobody's in particular.</summary>
    public static bool IsShared(NetworkClass network) => network is NetworkClass.Mobile or NetworkClass.CarrierGradeNat
        or NetworkClass.Hosting or NetworkClass.Vpn or NetworkClass.Relay;
}
