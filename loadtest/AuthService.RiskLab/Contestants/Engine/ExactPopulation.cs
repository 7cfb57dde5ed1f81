using AuthService.Ecv.Risk;
using AuthService.Ecv.Tokens;

namespace AuthService.RiskLab.Contestants.Engine;

/// <summary>How many accounts share a value, counted exactly.</summary>
internal sealed class ExactPopulation
{
    private readonly Dictionary<Token, HashSet<int>> _accounts = [];
    private readonly Dictionary<AuthService.Ecv.Characteristics.CharacteristicKind, HashSet<int>> _all = [];

    public PopulationCounts Look(IReadOnlyList<PopulationToken> values) => new(values.Select(value => (
        value.Kind,
        value.Level,
        (long)(_accounts.GetValueOrDefault(value.Token)?.Count ?? 0),
        (long)((value.Parent.IsPresent ? _accounts.GetValueOrDefault(value.Parent) : _all.GetValueOrDefault(value.Kind))?.Count ?? 0))));

    public void Note(IReadOnlyList<PopulationToken> values, int account)
    {
        foreach (var value in values)
        {
            Of(_accounts, value.Token).Add(account);
            Of(_all, value.Kind).Add(account);
        }
    }

    private static HashSet<int> Of<T>(Dictionary<T, HashSet<int>> sets, T key)
        where T : notnull
    {
        if (!sets.TryGetValue(key, out var set))
            sets[key] = set = [];
        return set;
    }
}
