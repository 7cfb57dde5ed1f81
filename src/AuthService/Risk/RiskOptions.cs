using System.ComponentModel.DataAnnotations;

namespace AuthService.Risk;

/// <summary>Section <c>Risk</c>: the bounds of what this process remembers. What is decided by is the risk policy, see docs/operations.md.</summary>
public sealed class RiskOptions
{
    /// <summary>Networks, and accounts and devices, whose failures are remembered. Default 50,000: about 25 MB at most.</summary>
    [Range(100, 10_000_000)]
    public int NetworksRemembered { get; set; } = 50_000;

    /// <summary>Accounts and networks whose doubts are remembered for half an hour. Default 20,000: about 5 MB at most.</summary>
    [Range(100, 10_000_000)]
    public int DoubtsRemembered { get; set; } = 20_000;

    /// <summary>Values whose statistics are held in memory; the others are read when they are met. Default 20,000: 40 MB at most.</summary>
    [Range(1_000, 10_000_000)]
    public int ValuesCached { get; set; } = 20_000;

    /// <summary>Values whose statistics are kept at all; the longest unchanged fade first. Default 1,000,000.</summary>
    [Range(10_000, 100_000_000)]
    public int ValuesKept { get; set; } = 1_000_000;
}
