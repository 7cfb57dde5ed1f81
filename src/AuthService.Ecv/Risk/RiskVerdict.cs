using System.Collections.Immutable;

namespace AuthService.Ecv.Risk;

/// <summary>A decision, and why.</summary>
public sealed record RiskVerdict
{
    public required Decision Decision { get; init; }

    public required Gate Gate { get; init; }

    /// <summary>Below what the score had to be, through this gate. Millibits.</summary>
    public required long AllowBelowMillibits { get; init; }

    /// <summary>The sum of the counted evidence, in thousandths of a bit. Above 0: more likely somebody else.</summary>
    public required long ScoreMillibits { get; init; }

    public required ImmutableArray<EvidenceLine> Evidence { get; init; }

    /// <summary>The version of the formulas, see <see cref="RiskEngine.ModelVersion"/>.</summary>
    public required string ModelVersion { get; init; }

    public required string PolicyVersion { get; init; }

    /// <summary>What limits this verdict, in words.</summary>
    public required ImmutableArray<string> Caveats { get; init; }
}

/// <summary>One line of the explanation of a verdict.</summary>
/// <param name="Characteristic">The kind, <c>network.origin</c>, or what is outside the kinds: <c>proof</c>.</param>
/// <param name="Group">The kind's group; empty for what stands outside the groups.</param>
/// <param name="Code">What the comparison showed.</param>
/// <param name="Millibits">Thousandths of a bit, after weights and caps.</param>
/// <param name="Counted">Whether this line went into the score, or another of its group spoke for it.</param>
/// <param name="Provenance">Where the signal came from.</param>
public readonly record struct EvidenceLine(
    string Characteristic, string Group, EvidenceCode Code, long Millibits, bool Counted, Provenance Provenance);
