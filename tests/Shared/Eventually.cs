namespace AuthService.Tests.Shared;

/// <summary>Waits, not for ever, for what other processes do in their own time.</summary>
public static class Eventually
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns when <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not within this time; the message says <paramref name="what"/> was waited for.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan within, string what)
    {
        using var patience = new CancellationTokenSource(within);
        using var timer = new PeriodicTimer(BetweenLooks);
        while (!await condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"Not within {within}: {what}", late);
            }
        }
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan, string)"/>
    public static Task TrueAsync(Func<bool> condition, TimeSpan within, string what) => TrueAsync(() => Task.FromResult(condition()), within, what);

    /// <summary>For faults that last: returns after this time.</summary>
    public static async Task PassAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }
}
