using System.ComponentModel.DataAnnotations;

namespace AuthService.RateLimiting;

/// <summary>What failures in a row lead to. Section <c>Failures</c>.</summary>
public sealed class FailureOptions
{
    /// <summary>Failures without consequence. Default 5: people mistype.</summary>
    [Range(1, 20)]
    public int Free { get; set; } = 5;

    /// <summary>The delay after the first failure beyond those; it doubles with each further one. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay. Default 15 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Failures after which nothing but <c>UnlockAccount</c>, a recovery or 30 quiet days lets strangers try again. Default 100,
    /// the most that NIST SP 800-63B-4 §3.2.2 allows.
    /// </summary>
    [Range(10, 100)]
    public int HoldAfter { get; set; } = 100;

    /// <summary>How long a hold lasts from its last failure. Default and most 30 days: that long counts are kept.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan Hold { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long to wait after the last of so many failures.</summary>
    public TimeSpan DelayAfter(int failures)
    {
        if (failures >= HoldAfter)
            return Hold;
        if (failures < Free)
            return TimeSpan.Zero;
        var doublings = Math.Min(30, failures - Free);
        return TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << doublings));
    }
}
