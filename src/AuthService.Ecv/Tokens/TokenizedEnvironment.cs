using System.Collections.Immutable;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Tokens;

/// <summary>An environment as tokens: nothing raw is left in it. Immutable.</summary>
public sealed class TokenizedEnvironment
{
    /// <summary>Kinds by which a device names itself, and no other.</summary>
    internal static readonly ImmutableArray<CharacteristicKind> DeviceIdentifiers =
        [CharacteristicKind.DeviceHardware, CharacteristicKind.DeviceMac, CharacteristicKind.DeviceBoard];

    private readonly Token[] tokens;
    private readonly ImmutableArray<SetMember>[] sets;

    /// <param name="tokens">By <see cref="IndexOf"/>; owned by the new environment.</param>
    /// <param name="sets">By kind; owned by the new environment.</param>
    internal TokenizedEnvironment(Token[] tokens, ImmutableArray<SetMember>[] sets)
    {
        this.tokens = tokens;
        this.sets = sets;
    }

    /// <summary>Nothing was sent and nothing observed.</summary>
    public static TokenizedEnvironment Empty { get; } = new(NoTokens(), NoSets());

    /// <summary>What is present, without any value, in the order of the kinds' numbers.</summary>
    public IReadOnlyList<CharacteristicSummary> Characteristics =>
        [.. CharacteristicCatalog.All.Where(kind => Has(kind.Kind)).Select(Summarise)];

    /// <summary>The class of the observed network; <see cref="NetworkClass.Unknown"/> when nothing was observed.</summary>
    public NetworkClass NetworkClass { get; internal init; }

    /// <summary>Whether it was decoded from an <c>ecv1.</c> value: then a place's neighbourhood is unknown.</summary>
    public bool FromValue { get; internal init; }

    /// <summary>The device by each identifier of its own that the signals name; empty when they name none.</summary>
    public IReadOnlyList<Profiles.DeviceTag> NamedDevices =>
        [.. DeviceIdentifiers.Where(kind => this[kind, 0].IsPresent).Select(kind => new Profiles.DeviceTag((ulong)(this[kind, 0].Value >> 64)))];

    /// <summary>The version of the operating system, masked under the account's key: only differences can be read off it.</summary>
    internal ulong? MaskedOsVersion { get; init; }

    /// <summary>The cells around the place; null when unknown.</summary>
    internal CellNeighbourhood? Neighbourhood { get; init; }

    /// <summary>The delays next to the observed one; null when none was observed.</summary>
    internal CellNeighbourhood? DelayNeighbourhood { get; init; }

    internal Token this[CharacteristicKind kind, int level] => tokens[IndexOf(kind, level)];

    internal static Token[] NoTokens() => new Token[CharacteristicCatalog.KindCount * CharacteristicCatalog.MaxLevels];

    internal static ImmutableArray<SetMember>[] NoSets()
    {
        var none = new ImmutableArray<SetMember>[CharacteristicCatalog.KindCount];
        Array.Fill(none, []);
        return none;
    }

    internal static int IndexOf(CharacteristicKind kind, int level) => ((int)kind * CharacteristicCatalog.MaxLevels) + level;

    /// <summary>A kind's tokens from coarse to fine, absent ones included.</summary>
    internal ReadOnlySpan<Token> Levels(CharacteristicKind kind) =>
        tokens.AsSpan(IndexOf(kind, 0), CharacteristicCatalog.Of(kind).Levels.Count);

    /// <summary>The cells around a value of such a kind; null when unknown.</summary>
    internal CellNeighbourhood? NeighbourhoodOf(CharacteristicKind kind) =>
        kind == CharacteristicKind.ConnectionDelay ? DelayNeighbourhood : Neighbourhood;

    internal ImmutableArray<SetMember> Set(CharacteristicKind kind) => sets[(int)kind];

    internal bool Has(CharacteristicKind kind) =>
        !Set(kind).IsEmpty || Levels(kind).ContainsAnyExcept(default(Token));

    internal Token[] CopyTokens() => [.. tokens];

    internal ImmutableArray<SetMember>[] CopySets() => [.. sets];

    private CharacteristicSummary Summarise(Characteristic kind)
    {
        var levels = kind.Comparison == Comparison.Set
            ? kind.Levels.Select(level => level.Name)
            : kind.Levels.Where((_, index) => this[kind.Kind, index].IsPresent).Select(level => level.Name);
        return new CharacteristicSummary(kind.Name, CharacteristicCatalog.NameOf(kind.Group), [.. levels]);
    }
}
