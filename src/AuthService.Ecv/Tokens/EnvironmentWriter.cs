using System.Collections.Immutable;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Tokens;

/// <summary>Builds an environment value by value.</summary>
internal sealed class EnvironmentWriter
{
    private readonly TokenHash hash;
    private readonly Token[] tokens;
    private readonly ImmutableArray<SetMember>[] sets;
    private ulong? maskedOsVersion;
    private CellNeighbourhood? neighbourhood;
    private CellNeighbourhood? delayNeighbourhood;

    public EnvironmentWriter(TokenHash hash, TokenizedEnvironment? start = null)
    {
        this.hash = hash;
        tokens = start?.CopyTokens() ?? TokenizedEnvironment.NoTokens();
        sets = start?.CopySets() ?? TokenizedEnvironment.NoSets();
        maskedOsVersion = start?.MaskedOsVersion;
        neighbourhood = start?.Neighbourhood;
        delayNeighbourhood = start?.DelayNeighbourhood;
    }

    public TokenHash Hash => hash;

    /// <summary>A value at a level; nothing when there is none.</summary>
    public void Write(CharacteristicKind kind, int level, string? value) =>
        tokens[TokenizedEnvironment.IndexOf(kind, level)] = value is null ? default : hash.Of(kind, level, value);

    /// <summary>
    /// A value that means something only within its parent: city within country, cell within operator. Without the parent
    /// it is still the same value each time. No canonical text holds a NUL, so no two pairs run together.
    /// </summary>
    public void WriteWithin(CharacteristicKind kind, int level, string? parent, string? value) =>
        Write(kind, level, value is null ? null : $"{parent}\0{value}");

    /// <summary>A value in bytes; nothing when there are none.</summary>
    public void Write(CharacteristicKind kind, int level, ReadOnlySpan<byte> value) =>
        tokens[TokenizedEnvironment.IndexOf(kind, level)] = value.IsEmpty ? default : hash.Of(kind, level, value);

    public void WriteSet(CharacteristicKind kind, IEnumerable<(string Value, byte Weight)> members) =>
        sets[(int)kind] = [.. members
            .Select(member => new SetMember((ulong)(hash.Of(kind, 0, member.Value).Value >> 64), member.Weight))
            .OrderBy(member => member.Token)
            .DistinctBy(member => member.Token)];

    public void WriteMaskedOsVersion(ulong masked) => maskedOsVersion = masked;

    public void WriteNeighbourhood(CellNeighbourhood cells) => neighbourhood = cells;

    public void WriteDelayNeighbourhood(CellNeighbourhood delays) => delayNeighbourhood = delays;

    public TokenizedEnvironment ToEnvironment(NetworkClass networkClass, bool fromValue) => new(tokens, sets)
    {
        MaskedOsVersion = maskedOsVersion,
        Neighbourhood = neighbourhood,
        DelayNeighbourhood = delayNeighbourhood,
        NetworkClass = networkClass,
        FromValue = fromValue,
    };
}
