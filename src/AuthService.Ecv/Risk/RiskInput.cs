using AuthService.Ecv.Profiles;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Risk;

/// <summary>All that a judgement rests on.</summary>
public sealed record RiskInput
{
    public required Profile Profile { get; init; }

    public required TokenizedEnvironment Environment { get; init; }

    public required CallFacts Facts { get; init; }

    public required PopulationCounts Population { get; init; }

    /// <summary>When the login is judged, by the server's clock.</summary>
    public required DateTimeOffset Time { get; init; }
}
