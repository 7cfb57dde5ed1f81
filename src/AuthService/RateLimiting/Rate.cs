using System.ComponentModel.DataAnnotations;

namespace AuthService.RateLimiting;

/// <summary>A rate with a burst, for GCRA (ITU-T I.371).</summary>
public sealed class Rate
{
    /// <summary>Calls a minute, sustained.</summary>
    [Range(0.1, 100_000_000)]
    public double PerMinute { get; set; }

    /// <summary>Calls at once, after a rest.</summary>
    [Range(1, 10_000_000)]
    public int Burst { get; set; }

    /// <summary>The time that one call uses up.</summary>
    internal TimeSpan Interval => TimeSpan.FromMinutes(1 / PerMinute);

    /// <summary>How far ahead of the clock the theoretical arrival time may run.</summary>
    internal TimeSpan Tolerance => Interval * (Burst - 1);
}
