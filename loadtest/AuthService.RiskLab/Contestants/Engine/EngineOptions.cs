namespace AuthService.RiskLab.Contestants.Engine;

/// <summary>What of a login the engine is shown.</summary>
internal sealed record EngineOptions
{
    public required string Name { get; init; }

    /// <summary>Whether device keys sign. If not, everybody is judged as if nobody had one.</summary>
    public bool Keys { get; init; }

    /// <summary>Whether devices are remembered by a token after a sign-up or a passed step-up.</summary>
    public bool Tokens { get; init; }

    /// <summary>Only what the RBA data set has columns for: address, user agent, round trip, time.</summary>
    public bool ColumnsOnly { get; init; }

    public ulong Seed { get; init; }
}
