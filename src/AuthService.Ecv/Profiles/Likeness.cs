using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Profiles;

/// <summary>How alike two sets are, from 0 to 1 in units of 2⁻¹⁶.</summary>
internal static class Likeness
{
    public const uint One = 1 << 16;

    // Strength to the power of e, the exponent that did best for signal strengths (Torres-Sospedra et al. 2015):
    // round(1000 · (q/15)^e) for q from 0 to 15. A table, since powers are not the same on every machine.
    private static ReadOnlySpan<int> Powered => [0, 1, 4, 13, 28, 50, 83, 126, 181, 249, 332, 430, 545, 678, 829, 1000];

    /// <summary>Sørensen for scenes, weighted by strength; Jaccard for sets of accounts. Both sets ascend by token.</summary>
    public static uint Of(CharacteristicKind kind, ReadOnlySpan<SetMember> left, ReadOnlySpan<SetMember> right)
    {
        var shared = 0L;
        for (int l = 0, r = 0; l < left.Length && r < right.Length;)
        {
            if (left[l].Token == right[r].Token)
                shared += Powered[Math.Min(left[l++].Weight, right[r++].Weight)];
            else if (left[l].Token < right[r].Token)
                l++;
            else
                r++;
        }

        var both = Sum(left) + Sum(right);
        var (part, whole) = kind == CharacteristicKind.WifiScene ? (2 * shared, both) : (shared, both - shared);
        return whole == 0 ? 0 : (uint)((part << 16) / whole);
    }

    private static long Sum(ReadOnlySpan<SetMember> members)
    {
        var sum = 0L;
        foreach (var member in members)
            sum += Powered[member.Weight];
        return sum;
    }
}
