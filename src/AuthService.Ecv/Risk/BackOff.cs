using AuthService.Ecv.Numerics;

namespace AuthService.Ecv.Risk;

/// <summary>
/// Recursive back-off from coarse to fine. In design, p_l(x) = (c_l + α·p_{l−1}·P_l) / (n_l + α) and bits = log₂(P/p). Here the
/// ratio r_l = p_l / P(x) is carried instead, r_l = (c_l / P(x) + α·r_{l−1}) / (n_l + α) with r_0 = 1, since it neither
/// underflows nor needs P where nothing was seen. bits = −log₂ r at the finest level present.
/// </summary>
internal static class BackOff
{
    /// <summary>
    /// α, in halves of a login: 1, or as many logins as brought something new once. Good (1953): how likely the next is new is how
    /// much of the past was seen but once. So a new prefix says less of somebody whose operator gives him another each week.
    /// </summary>
    private static uint Alpha(in LevelMeasure counted) => 2 * Math.Max(1U, counted.Novelties);

    /// <summary>1/P(x) is held below 2⁵⁶: what is rarer earns no more.</summary>
    private static readonly UInt128 RarestInverse = UInt128.One << (56 + 32);

    /// <summary>Bits in units of 2⁻²⁰. Above 0: more likely somebody else.</summary>
    public static long Bits(in KindMeasure measure, int levels)
    {
        var ratio = FixedPoint.One;
        var inverse = UInt128.One << 32;
        for (var level = 0; level < levels; level++)
        {
            var counted = measure[level];
            inverse = UInt128.Min(FixedPoint.Divide(inverse << 32, counted.Probability), RarestInverse);
            if (counted.History > 0 && counted.Fade > 0)
                ratio = Next(ratio, inverse, counted);
        }

        return -FixedPoint.LogOfRatio(ratio);
    }

    private static UInt128 Next(UInt128 parent, UInt128 inverse, in LevelMeasure counted)
    {
        var alpha = Alpha(counted);
        var whole = counted.History + alpha;
        var unseen = FixedPoint.Divide(parent * alpha, whole);
        var ratio = unseen;
        if (counted.Closeness > 0)
        {
            // Counts are in 2⁻¹⁶ and 1/P in 2⁻³², the ratio in 2⁻⁵⁶: eight places are missing.
            var formula = FixedPoint.Divide(((counted.Count * inverse) << 8) + (parent * alpha), whole);
            // What was seen never counts above 0, and never above its parent: leaving a seen level out must not pay.
            var seen = UInt128.Max(formula, UInt128.Max(parent, FixedPoint.One));
            ratio = Between(unseen, seen, counted.Closeness);
        }

        return Between(parent, ratio, counted.Fade);
    }

    /// <summary>Interpolates bits, never counts. Exact at both ends.</summary>
    private static UInt128 Between(UInt128 from, UInt128 to, uint share)
    {
        if (share >= LevelMeasure.One)
            return to;

        var (start, end) = (FixedPoint.LogOfRatio(from), FixedPoint.LogOfRatio(to));
        return FixedPoint.RatioOfLog(start + (((end - start) * share) >> 16));
    }
}
