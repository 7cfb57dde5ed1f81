using AuthService.RiskLab.Attackers;
using AuthService.RiskLab.Trials;
using ScottPlot;

namespace AuthService.RiskLab.Reports;

/// <summary>Pictures: who ranks how well, and whether a bit is a bit.</summary>
internal static class Plots
{
    private const int Length = 12;
    private const int Width = 900;
    private const int Height = 600;

    /// <summary>One picture for each attacker named: share of attacks caught over share of honest logins asked for more.</summary>
    public static void WriteRoc(DirectoryInfo folder, IReadOnlyList<Outcomes> outcomes, IReadOnlyList<string> attackers)
    {
        for (var attacker = 0; attacker < Attacker.All.Count; attacker++)
        {
            if (!attackers.Contains(Attacker.All[attacker].Name))
                continue;

            using var plot = new Plot();
            foreach (var outcome in outcomes)
            {
                var (honest, attacks) = Scores(outcome, attacker);
                var curve = Curve(honest, attacks);
                var line = plot.Add.ScatterLine(curve.Select(point => point.Honest).ToArray(), curve.Select(point => point.Caught).ToArray());
                line.LegendText = outcome.Contestant;
                line.LineWidth = 2;
            }

            plot.Title($"{Attacker.All[attacker].Name}, {Length} logins of history");
            plot.XLabel("share of honest logins at or above the threshold");
            plot.YLabel("share of attacks at or above it");
            plot.Axes.SetLimits(0, 1, 0, 1);
            plot.ShowLegend(Alignment.LowerRight);
            plot.SavePng(Path.Combine(folder.FullName, $"roc-{Attacker.All[attacker].Name.Replace(' ', '-').Replace(",", "", StringComparison.Ordinal)}.png"), Width, Height);
        }
    }

    /// <summary>
    /// A score is the logarithm of a likelihood ratio. If it is calibrated, a score of +5 is seen 2⁵ times as often from attackers
    /// as from owners: the points lie on the diagonal.
    /// </summary>
    public static void WriteCalibration(DirectoryInfo folder, IReadOnlyList<Outcomes> outcomes, string attacker)
    {
        const double step = 4;
        var index = Attacker.All.Select(known => known.Name).ToList().IndexOf(attacker);
        using var plot = new Plot();
        foreach (var outcome in outcomes)
        {
            var (honest, attacks) = Scores(outcome, index);
            var points = attacks.Concat(honest).Where(float.IsFinite).Select(score => Math.Floor(score / step)).Distinct().Order()
                .Select(bin => (Bin: bin, Owners: honest.Count(score => Math.Floor(score / step) == bin), Others: attacks.Count(score => Math.Floor(score / step) == bin)))
                .Where(bin => bin is { Owners: >= 5, Others: >= 5 })
                .ToArray();
            if (points.Length == 0)
                continue;
            var marks = plot.Add.ScatterPoints(
                points.Select(bin => (bin.Bin + 0.5) * step).ToArray(),
                points.Select(bin => Math.Log2((double)bin.Others / attacks.Length / ((double)bin.Owners / honest.Length))).ToArray());
            marks.LegendText = outcome.Contestant;
            marks.MarkerSize = 8;
        }

        var diagonal = plot.Add.Line(-30, -30, 30, 30);
        diagonal.LinePattern = LinePattern.Dashed;
        plot.Title($"Calibration: {attacker}, {Length} logins of history");
        plot.XLabel("score, bits");
        plot.YLabel("seen: log2 of attackers' share over owners'");
        plot.ShowLegend(Alignment.UpperLeft);
        plot.SavePng(Path.Combine(folder.FullName, "calibration.png"), Width, Height);
    }

    private static (float[] Honest, float[] Attacks) Scores(Outcomes outcome, int attacker) =>
    (
        [.. outcome.Honest.Where(login => login.IsRanked && Lengths.IsOf(Length, login.History)).Select(login => login.Score)],
        [.. outcome.Hostile.Where(attack => attack.Attacker == attacker && attack.History == Length).Select(attack => attack.Score)]);

    private static List<(double Honest, double Caught)> Curve(float[] honest, float[] attacks)
    {
        var curve = new List<(double, double)> { (0, 0) };
        float[] down = [.. honest.OrderDescending()], theirs = [.. attacks.OrderDescending()];
        var (h, a) = (0, 0);
        foreach (var threshold in down.Concat(theirs).Distinct().OrderDescending())
        {
            while (h < down.Length && down[h] >= threshold)
                h++;
            while (a < theirs.Length && theirs[a] >= threshold)
                a++;
            curve.Add(((double)h / down.Length, (double)a / theirs.Length));
        }

        return curve;
    }
}
