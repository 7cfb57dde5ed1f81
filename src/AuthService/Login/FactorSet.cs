using AuthService.V1;

namespace AuthService.Login;

/// <summary>A set of factors as a number: bit n is <see cref="FactorKind"/> n. What the rows hold.</summary>
internal static class FactorSet
{
    public static int Of(params ReadOnlySpan<FactorKind> factors)
    {
        var set = 0;
        foreach (var factor in factors)
            set |= 1 << (int)factor;
        return set;
    }

    public static bool Has(int set, FactorKind factor) => (set & (1 << (int)factor)) != 0;

    public static IReadOnlyList<FactorKind> ToList(int set) =>
        [.. Enum.GetValues<FactorKind>().Where(factor => Has(set, factor))];
}
