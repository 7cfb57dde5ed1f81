namespace AuthService.Cli.Fit;

/// <summary>The two thresholds of a policy, in millibits.</summary>
/// <param name="AllowBelow">A score below this is let in.</param>
/// <param name="DenyFrom">A score from this on is turned away.</param>
internal readonly record struct Thresholds(long AllowBelow, long DenyFrom)
{
    /// <summary>Honest logins turned away: at most one in ten thousand (docs/adr/0002).</summary>
    private const int DeniedOneIn = 10_000;

    /// <summary>
    /// The lowest thresholds that these logins allow: at most the budget is stepped up, at most 1 in 10,000 denied. A login without a
    /// gate is stepped up whatever the threshold; if those alone use the budget up, it is spent on the logins with one.
    /// </summary>
    /// <param name="logins">At least one with a gate.</param>
    /// <param name="budget">The share that may be stepped up.</param>
    public static Thresholds Fit(IReadOnlyCollection<HonestLogin> logins, double budget)
    {
        long[] scores = [.. logins.Select(login => login.Score).Order()];
        long[] entitled = [.. logins.Where(login => login.HasGate).Select(login => login.Score).Order()];
        var ungated = scores.Length - entitled.Length;

        var affordable = (int)(budget * scores.Length) - ungated;
        var steppedUp = affordable >= 0 ? affordable : (int)(budget * entitled.Length);
        var allowBelow = Above(entitled, Math.Min(steppedUp, entitled.Length - 1));
        var denyFrom = Above(scores, scores.Length / DeniedOneIn);
        return new Thresholds(allowBelow, Math.Max(denyFrom, allowBelow + 1));
    }

    /// <summary>The share of logins that would be stepped up.</summary>
    public double SteppedUp(IReadOnlyCollection<HonestLogin> logins)
    {
        var (allowBelow, denyFrom) = this;
        return Share(logins, login => login.Score < denyFrom && !(login.HasGate && login.Score < allowBelow));
    }

    /// <summary>The share of logins that would be turned away.</summary>
    public double Denied(IReadOnlyCollection<HonestLogin> logins)
    {
        var denyFrom = DenyFrom;
        return Share(logins, login => login.Score >= denyFrom);
    }

    /// <summary>The least threshold that at most so many of the scores reach.</summary>
    private static long Above(long[] sorted, int reach) => sorted[sorted.Length - 1 - reach] + 1;

    private static double Share(IReadOnlyCollection<HonestLogin> logins, Func<HonestLogin, bool> which) =>
        (double)logins.Count(which) / logins.Count;
}
