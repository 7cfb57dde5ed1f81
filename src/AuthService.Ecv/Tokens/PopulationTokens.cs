using AuthService.Ecv.Characteristics;

namespace AuthService.Ecv.Tokens;

/// <summary>Picks out of an environment what the population statistics count.</summary>
internal static class PopulationTokens
{
    public static IReadOnlyList<PopulationToken> Of(TokenizedEnvironment environment)
    {
        var counted = new List<PopulationToken>();
        foreach (var kind in CharacteristicCatalog.All)
        {
            var (parent, parentLevel) = (default(Token), -1);
            for (var level = 0; level < kind.Levels.Count; level++)
            {
                var token = environment[kind.Kind, level];
                if (!token.IsPresent)
                    continue;

                if (kind.Levels[level].HasStatistics)
                    counted.Add(new PopulationToken(kind.Kind, level, token, parent, parentLevel));
                (parent, parentLevel) = (token, level);
            }
        }

        return counted;
    }
}
