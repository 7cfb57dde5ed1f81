using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Population;

/// <summary>What a sketch counts: a value at a level, or, with an absent token, everybody who has any value of the kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Level">Index of the level, coarsest 0; -1 for everybody.</param>
/// <param name="Token">The value's token under the service-wide key.</param>
public readonly record struct PopulationKey(CharacteristicKind Kind, int Level, Token Token)
{
    /// <summary>Bytes of <see cref="Write"/>.</summary>
    public const int Size = 2 + Tokens.Token.Size;

    /// <summary>The keys that a set of values is counted under, parents included, each once.</summary>
    public static IEnumerable<PopulationKey> Of(IReadOnlyList<PopulationToken> values) =>
        values.SelectMany(value => (IEnumerable<PopulationKey>)[Of(value), OfParent(value)]).Distinct();

    public static PopulationKey Of(PopulationToken value) => new(value.Kind, value.Level, value.Token);

    /// <summary>The level above, or everybody.</summary>
    public static PopulationKey OfParent(PopulationToken value) =>
        value.Parent.IsPresent ? new(value.Kind, value.ParentLevel, value.Parent) : new(value.Kind, -1, default);

    /// <summary>As a store keeps it: kind, level, token.</summary>
    public byte[] Write()
    {
        var bytes = new byte[Size];
        bytes[0] = (byte)Kind;
        bytes[1] = unchecked((byte)Level);
        Token.Write(bytes.AsSpan(2));
        return bytes;
    }
}
