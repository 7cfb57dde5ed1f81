using System.Globalization;
using AuthService.RiskLab.Attackers;
using AuthService.RiskLab.Trials;

namespace AuthService.RiskLab.Reports;

/// <summary>What spoke, for owners and for attackers, at twelve logins of history.</summary>
internal static class EvidenceTable
{
    private const int Shown = 9;

    public static IEnumerable<string> Lines(Outcomes engine, IReadOnlyList<string> attackers)
    {
        yield return "| who | what counted: share of the verdicts, mean bits |";
        yield return "|---|---|";
        yield return Line("owner", engine.Evidence[0]);
        for (var index = 0; index < Attacker.All.Count; index++)
        {
            if (attackers.Contains(Attacker.All[index].Name))
                yield return Line(Attacker.All[index].Name, engine.Evidence[1 + index]);
        }
    }

    private static string Line(string who, EvidenceTally tally) => $"| {who} | {string.Join(" · ", tally.Lines().Take(Shown).Select(line => string.Create(
        CultureInfo.InvariantCulture, $"{line.Characteristic} {line.Code} {line.Share:P0} {line.Bits:+0.0;−0.0;0}")))} |";
}
