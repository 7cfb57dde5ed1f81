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

    public double Successful => (double)_successes / _rows;

    public double FromAttackAddresses => (double)_attacks / _rows;

    public double RoundTripMissing => 1 - ((double)_timed / _rows);

    /// <summary>So many rows or fewer has this share of the users.</summary>
    public int PerUser(double share)
    {
        var sorted = _perUser.Values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    public IEnumerable<string> Lines()
    {
        yield return "| | data set | here |";
        yield return "|---|---|---|";
        yield return Line("logins per user, median, p90, p95, p99", "2, 9, 13, 28", $"{PerUser(0.5)}, {PerUser(0.9)}, {PerUser(0.95)}, {PerUser(0.99)}");
        yield return Line("from attack addresses", "9.9 %", Percent(FromAttackAddresses));
        yield return Line("successful", "46 %", Percent(Successful));
        yield return Line("countries", "229", _countries.Count.ToString(CultureInfo.InvariantCulture));
        yield return Line("round trip missing", "96 %", Percent(RoundTripMissing));
    }

    private static string Line(string what, string theirs, string ours) => $"| {what} | {theirs} | {ours} |";

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %");
}
