using AuthService.Ecv.Characteristics;

namespace AuthService.Ecv.Risk;

/// <summary>
/// How many distinct accounts share each value that is being judged: numbers that the caller looked up by the tokens of
/// <see cref="Tokens.Tokenizer.TokenizeForPopulation"/>. Accounts are counted, never logins.
/// </summary>
public sealed class PopulationCounts
{
    /// <summary>A value that fewer accounts than this share is "rare", and not told apart further.</summary>
    public const int RareBelow = 20;

    /// <summary>How many accounts the prior weighs as much as.</summary>
    public const int PriorWeight = 1000;

    private readonly Dictionary<(CharacteristicKind, int), (long Accounts, long ParentAccounts)> counts = [];

    /// <summary>Nobody was counted: the priors decide.</summary>
    public static PopulationCounts Unknown { get; } = new();

    /// <param name="counts">For a kind and level: accounts that share the value, and accounts that share its parent.</param>
    public PopulationCounts(IEnumerable<(CharacteristicKind Kind, int Level, long Accounts, long ParentAccounts)> counts)
    {
        foreach (var (kind, level, accounts, parentAccounts) in counts)
            this.counts[(kind, level)] = (accounts, parentAccounts);
    }

    private PopulationCounts()
    {
    }

    /// <summary>P(value | parent) in units of 2⁻³², from 1 to 2³².</summary>
    public ulong Probability(CharacteristicKind kind, int level)
    {
        var shape = CharacteristicCatalog.Of(kind).Levels[level];
        if (!shape.HasStatistics || !counts.TryGetValue((kind, level), out var count) || count.ParentAccounts <= 0)
            return shape.Prior;

        // P = (max(A_x, 20) + 1000·π) / (A_parent + 1000). A_x never exceeds A_parent: with five accounts in all,
        // "fewer than 20" would otherwise claim four times as many.
        var parent = (UInt128)(ulong)count.ParentAccounts;
        var accounts = UInt128.Min((ulong)Math.Max(count.Accounts, RareBelow), parent);
        var probability = ((accounts << 32) + (PriorWeight * (UInt128)shape.Prior)) / (parent + PriorWeight);
        return (ulong)UInt128.Clamp(probability, 1, CharacteristicCatalog.Certain);
    }
}
