namespace AuthService.Cli.Fit;

/// <summary>Between what a fitted number lies.</summary>
internal readonly record struct Interval(long Low, long High);

/// <summary>
/// How far the thresholds would move with other accounts of the same sort: the percentile bootstrap (Efron 1979) over accounts, not
/// logins, since those of one account are no independent sample (Davison and Hinkley 1997, §3.8). Same seed, same intervals.
/// </summary>
internal static class Bootstrap
{
    public const int Resamples = 400;
    private const double Outside = 0.025;

    /// <param name="logins">The sample.</param>
    /// <param name="budget">As of <see cref="Thresholds.Fit"/>.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <returns>95 % intervals of the two thresholds.</returns>
    public static (Interval AllowBelow, Interval DenyFrom) Intervals(
        IReadOnlyCollection<HonestLogin> logins, double budget, ulong seed, Action<double> progress)
    {
        HonestLogin[][] accounts =
            [.. logins.GroupBy(login => login.Account, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToArray())];
        var random = new SplitMix64(seed);
        var (allow, deny) = (new List<long>(Resamples), new List<long>(Resamples));
        for (var resample = 0; resample < Resamples; resample++)
        {
            var drawn = new List<HonestLogin>(logins.Count);
            for (var number = 0; number < accounts.Length; number++)
                drawn.AddRange(accounts[random.Below(accounts.Length)]);
            progress((resample + 1.0) / Resamples);
            if (!drawn.Exists(login => login.HasGate))
                continue;

            var fitted = Thresholds.Fit(drawn, budget);
            allow.Add(fitted.AllowBelow);
            deny.Add(fitted.DenyFrom);
        }

        return (Of(allow), Of(deny));
    }

    private static Interval Of(List<long> values)
    {
        values.Sort();
        var outside = (int)(Outside * values.Count);
        return new Interval(values[outside], values[^(outside + 1)]);
    }
}
