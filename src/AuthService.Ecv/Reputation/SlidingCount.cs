namespace AuthService.Ecv.Reputation;

/// <summary>How often something happened in the last hour, in twelve buckets of five minutes, and what is usual in an hour.</summary>
public sealed class SlidingCount
{
    private const int Buckets = 12;
    private static readonly TimeSpan Width = TimeSpan.FromMinutes(5);

    private readonly int[] counts = new int[Buckets];
    private long bucketNow;

    /// <summary>Usual for an hour, in sixteenths: it follows the hours by a sixteenth of the difference each.</summary>
    private long norm;
    private int thisHour;
    private long hourNow;

    public void Add(DateTimeOffset time)
    {
        MoveTo(time);
        counts[bucketNow % Buckets]++;
        thisHour++;
    }

    /// <summary>In the last hour, above what is usual.</summary>
    public int AboveNorm(DateTimeOffset time)
    {
        MoveTo(time);
        return (int)Math.Max(0, LastHour - (norm / 16));
    }

    private long LastHour => counts.Sum();

    private void MoveTo(DateTimeOffset time)
    {
        var now = time.UtcTicks / Width.Ticks;
        if (now <= bucketNow)
            return;

        for (var bucket = Math.Max(bucketNow + 1, now - Buckets + 1); bucket <= now; bucket++)
            counts[bucket % Buckets] = 0;
        bucketNow = now;

        // Quiet hours count too, so that a network which was attacked once is not excused for good; after four days all is forgotten.
        var hour = now / Buckets;
        for (var passed = hourNow; passed < Math.Min(hour, hourNow + 96); passed++, thisHour = 0)
            norm += thisHour - (norm / 16);
        if (hour > hourNow + 96)
            norm = 0;
        (hourNow, thisHour) = (hour, hour > hourNow ? 0 : thisHour);
    }
}
