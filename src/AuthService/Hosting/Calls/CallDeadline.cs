using System.Globalization;

namespace AuthService.Hosting.Calls;

/// <summary>
/// Ends the admission of a call when its caller hangs up, or when its deadline has passed. gRPC itself looks at the deadline only once the
/// handler runs.
/// </summary>
internal sealed class CallDeadline(HttpContext http, TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _ends = new(Timeout.InfiniteTimeSpan, clock);
    private CancellationTokenRegistration _hangsUp;

    public CancellationToken Token => _ends.Token;

    /// <summary>From here on it is watched. Not before: most calls are admitted without waiting, and need no timer.</summary>
    public void Watch()
    {
        _hangsUp = http.RequestAborted.UnsafeRegister(static ends => ((CancellationTokenSource)ends!).Cancel(), _ends);
        if (TryParse(http.Request.Headers["grpc-timeout"].ToString(), out var timeout))
            _ends.CancelAfter(timeout);
    }

    public void Dispose()
    {
        _hangsUp.Dispose();
        _ends.Dispose();
    }

    /// <summary>At most eight digits and a unit, as gRPC over HTTP/2 has it. What would not fit into a timer ends nothing.</summary>
    internal static bool TryParse(string text, out TimeSpan timeout)
    {
        timeout = TimeSpan.Zero;
        if (text.Length is < 2 or > 9 || !uint.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;

        long? ticks = text[^1] switch
        {
            'H' => number * TimeSpan.TicksPerHour,
            'M' => number * TimeSpan.TicksPerMinute,
            'S' => number * TimeSpan.TicksPerSecond,
            'm' => number * TimeSpan.TicksPerMillisecond,
            'u' => number * TimeSpan.TicksPerMicrosecond,
            'n' => number / 100,
            _ => null,
        };
        timeout = TimeSpan.FromTicks(ticks ?? 0);
        return ticks is not null && timeout.TotalMilliseconds < int.MaxValue;
    }
}
