using AuthService.Ecv.Risk;
using AuthService.Ecv.Tokens;

namespace AuthService.Risk;

/// <summary>What came of judging an environment against what is known of an account.</summary>
/// <param name="VerdictId">Under this id it stands in the audit log.</param>
/// <param name="Verdict">The decision, and why.</param>
/// <param name="Record">The numbers it rests on, in the engine's format: for the audit log.</param>
/// <param name="Environment">What was judged, as tokens: to be learned, if it comes to that.</param>
public sealed record Assessment(string VerdictId, RiskVerdict Verdict, byte[] Record, TokenizedEnvironment Environment);
