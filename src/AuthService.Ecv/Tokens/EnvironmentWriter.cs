using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
        tokens[TokenizedEnvironment.IndexOf(kind, level)] = value is null ? default : hash.Of(kind, level, parent, value);

    /// <summary>A value in bytes; nothing when there are none.</summary>
    public void Write(CharacteristicKind kind, int level, ReadOnlySpan<byte> value) =>
        tokens[TokenizedEnvironment.IndexOf(kind, level)] = value.IsEmpty ? default : hash.Of(kind, level, value);

    /// <summary>An address as twelve lower-case digits; nothing when there is none.</summary>
    public void Write(CharacteristicKind kind, int level, Eui48? address)
    {
        Span<byte> digits = stackalloc byte[Eui48.DigitCount];
        address?.WriteDigits(digits);
        Write(kind, level, address is null ? [] : digits);
    }

    public void WriteScene(ImmutableArray<SceneAccessPoint> points)
    {
        var members = new SetMember[points.Length];
        Span<byte> digits = stackalloc byte[Eui48.DigitCount];
        for (var index = 0; index < members.Length; index++)
        {
            points[index].Bssid.WriteDigits(digits);
            members[index] = new SetMember(MemberOf(hash.Of(CharacteristicKind.WifiScene, 0, digits)), points[index].Strength);
        }

        WriteSet(CharacteristicKind.WifiScene, members);
    }

    public void WriteAccounts(ImmutableArray<string> accounts)
    {
        var members = new SetMember[accounts.Length];
        for (var index = 0; index < members.Length; index++)
            members[index] = new SetMember(MemberOf(hash.Of(CharacteristicKind.AccountCompany, 0, accounts[index])), 1);
        WriteSet(CharacteristicKind.AccountCompany, members);
    }

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

    private static ulong MemberOf(Token token) => (ulong)(token.Value >> 64);

    /// <summary>Members ascend, each once. Two of sixteen that share 64 bits are as good as never met: then one makes way.</summary>
    private void WriteSet(CharacteristicKind kind, SetMember[] members)
    {
        Array.Sort(members, static (left, right) => left.Token.CompareTo(right.Token));
        for (var index = 1; index < members.Length; index++)
        {
            if (members[index].Token == members[index - 1].Token)
                members = [.. members.DistinctBy(member => member.Token)];
        }

        sets[(int)kind] = ImmutableCollectionsMarshal.AsImmutableArray(members);
    }
}
