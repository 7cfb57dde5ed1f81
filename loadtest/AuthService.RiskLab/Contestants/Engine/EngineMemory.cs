using AuthService.Ecv.Population;
using AuthService.Ecv.Reputation;
using AuthService.Ecv.Risk;

namespace AuthService.RiskLab.Contestants.Engine;

/// <summary>What a server remembers beyond single accounts, each table bounded as there.</summary>
internal sealed class EngineMemory
{
    /// <summary>Design §5: a million values.</summary>
    private const int Values = 1_000_000;

    private const int Recent = 100_000;

    public PopulationTable Population { get; } = new(Values);

    public ReputationTable Reputation { get; } = new(Recent);

    public DoubtTable Doubts { get; } = new(Recent);

    public SharedNetworks Networks { get; } = new();
}
