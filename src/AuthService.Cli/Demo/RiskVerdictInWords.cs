using AuthService.Cli.Output;
using AuthService.V1;

namespace AuthService.Cli.Demo;

/// <summary>A verdict, short enough for a table.</summary>
/// <param name="Decision">ALLOW, STEP_UP or DENY.</param>
/// <param name="Gate">What opened the gate, or that it was shut.</param>
/// <param name="Bits">The score. Above 0: more likely somebody else.</param>
/// <param name="Evidence">What counted most.</param>
internal sealed record RiskVerdictInWords(string Decision, string Gate, string Bits, IReadOnlyList<string> Evidence)
{
    private const int Shown = 4;

    public static RiskVerdictInWords Of(RiskVerdict verdict) => new(
        Names.InContract(verdict.Decision),
        Names.InContract(verdict.Gate),
        Output.Bits.InWords(verdict.ScoreMillibits),
        [
            .. verdict.Evidence
                .Where(evidence => evidence.Counted && evidence.Millibits != 0)
                .OrderByDescending(evidence => Math.Abs(evidence.Millibits))
                .Take(Shown)
                .Select(evidence => $"{evidence.Characteristic} {Output.Bits.InWords(evidence.Millibits)}"),
        ]);
}
