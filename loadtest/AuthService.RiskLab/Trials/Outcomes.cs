using AuthService.Ecv.Risk;

namespace AuthService.RiskLab.Trials;

/// <summary>What a contestant said of one honest login.</summary>
/// <param name="Person">Whose.</param>
/// <param name="History">How many logins came before it.</param>
/// <param name="Score">Higher: more likely somebody else.</param>
/// <param name="Decision">For those who decide.</param>
/// <param name="IsKeyBound">Whether a key of the account signed it.</param>
/// <param name="IsRanked">Whether the person is among those whom attackers try.</param>
internal readonly record struct Honest(int Person, int History, float Score, Decision Decision, bool IsKeyBound, bool IsRanked);

/// <summary>What a contestant said of one attack.</summary>
/// <param name="Attacker">Index among all attackers.</param>
/// <param name="Person">On whom.</param>
/// <param name="History">How many logins came before it.</param>
/// <param name="Score">Higher: more likely somebody else.</param>
/// <param name="Decision">For those who decide.</param>
internal readonly record struct Hostile(int Attacker, int Person, int History, float Score, Decision Decision);

/// <summary>All that a contestant said.</summary>
internal sealed record Outcomes(string Contestant, IReadOnlyList<Honest> Honest, IReadOnlyList<Hostile> Hostile)
{
    /// <summary>How long single judgements took, in microseconds, ascending.</summary>
    public double[] Microseconds { get; init; } = [];

    /// <summary>What counted at twelve logins of history: of the honest first, then of each attacker.</summary>
    public EvidenceTally[] Evidence { get; init; } = [];
}

/// <summary>At which lengths of history people are compared, and which logins stand for them.</summary>
internal static class Lengths
{
    /// <summary>The published figures are for these.</summary>
    public static IReadOnlyList<int> All { get; } = [2, 5, 12, 39];

    /// <summary>One login a person is a yes or no; half as many again give a rate. The last that still counts as so long.</summary>
    public static int LastOf(int length) => (length * 3 / 2) - 1 > length ? (length * 3 / 2) - 1 : length + 1;

    public static bool IsOf(int length, int history) => history >= length && history <= LastOf(length);
}
