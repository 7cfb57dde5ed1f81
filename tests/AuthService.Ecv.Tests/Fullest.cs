using System.Collections.Immutable;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Tests;

/// <summary>Environments in which everything is present that can be.</summary>
internal static class Fullest
{
    /// <summary>No two numbers share a value.</summary>
    public static TokenizedEnvironment Environment(int number)
    {
        var tokens = TokenizedEnvironment.NoTokens();
        var sets = TokenizedEnvironment.NoSets();
        foreach (var kind in CharacteristicCatalog.All)
        {
            if (kind.Comparison == Comparison.Set)
                sets[(int)kind.Kind] = Members(number);
            for (var level = 0; kind.Comparison != Comparison.Set && level < kind.Levels.Count; level++)
                tokens[TokenizedEnvironment.IndexOf(kind.Kind, level)] = new Token((UInt128)(uint)(number + 1));
        }

        return new TokenizedEnvironment(tokens, sets) { MaskedOsVersion = (ulong)number };
    }

    private static ImmutableArray<SetMember> Members(int number) =>
        [.. Enumerable.Range(0, SetMember.MaxCount).Select(i => new SetMember((ulong)((number * 100) + i), 15))];
}
