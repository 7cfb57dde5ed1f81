using System.Globalization;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Reports;

/// <summary>What is known of the RBA data set as a whole, counted in a generated one.</summary>
internal sealed class Marginals
{
    private readonly Dictionary<string, int> _perUser = new(StringComparer.Ordinal);
    private readonly HashSet<string> _countries = new(StringComparer.Ordinal);
    private long _rows;
    private long _attacks;
    private long _successes;
    private long _timed;

    public void Add(LabLogin login)
    {
        _rows++;
        _attacks += login.FromAttackAddress ? 1 : 0;
        _successes += login.Successful ? 1 : 0;
        _timed += login.Origin.RoundTrip is null ? 0 : 1;
        _perUser[login.User] = _perUser.GetValueOrDefault(login.User) + 1;
        _countries.Add(login.Origin.Country ?? "");
    }

    public IEnumerable<string> Lines()
    {
        var sorted = _perUser.Values.Order().ToArray();
        yield return "| | data set | here |";
        yield return "|---|---|---|";
        yield return Line("logins per user, median, p90, p95, p99", "2, 9, 13, 28", $"{At(0.5)}, {At(0.9)}, {At(0.95)}, {At(0.99)}");
        yield return Line("from attack addresses", "9.9 %", Percent(_attacks));
        yield return Line("successful", "46 %", Percent(_successes));
        yield return Line("countries", "229", _countries.Count.ToString(CultureInfo.InvariantCulture));
        yield return Line("round trip missing", "96 %", Percent(_rows - _timed));

        int At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    private static string Line(string what, string theirs, string ours) => $"| {what} | {theirs} | {ours} |";

    private string Percent(long part) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / _rows:F1} %");
}
