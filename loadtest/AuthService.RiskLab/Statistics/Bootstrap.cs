using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Statistics;

/// <summary>
/// Percentile intervals by drawing people, not logins, with replacement (Efron 1979; by cluster, Davison and Hinkley 1997 §3.8):
/// the logins of one person are no independent witnesses.
/// </summary>
internal static class Bootstrap
{
    public const int Draws = 200;

    public static (double Low, double High) Interval(int people, Func<int[], double> statistic, ulong seed, double confidence = 0.95)
    {
        if (people == 0)
            return (double.NaN, double.NaN);

        var dice = Dice.Of(seed, "bootstrap", people);
        var values = new double[Draws];
        var times = new int[people];
        for (var draw = 0; draw < Draws; draw++)
        {
            Array.Clear(times);
            for (var drawn = 0; drawn < people; drawn++)
                times[dice.Below(people)]++;
            values[draw] = statistic(times);
        }

        Array.Sort(values);
        var tail = (1 - confidence) / 2;
        return (values[(int)(tail * (Draws - 1))], values[(int)Math.Ceiling((1 - tail) * (Draws - 1))]);
    }
}
