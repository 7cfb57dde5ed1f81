namespace AuthService.Audit;

/// <summary>A verdict, as the log keeps it.</summary>
/// <param name="Numbers">What it rests on, in the engine's format: enough to judge again.</param>
/// <param name="Decision">The number of the <c>Decision</c>.</param>
/// <param name="ScoreMillibits">The score.</param>
/// <param name="PolicyVersion">By which policy it was reached.</param>
/// <param name="ModelVersion">By which formulas.</param>
/// <param name="MonitorOnly">Whether nothing was done about it.</param>
public sealed record JudgedVerdict(
    byte[] Numbers, int Decision, long ScoreMillibits, string PolicyVersion, string ModelVersion, bool MonitorOnly);
