namespace AuthService.Client.Calls;

/// <summary>Says as whom the next attempt is made.</summary>
/// <param name="CurrentAsync">Asked before each attempt.</param>
/// <param name="RenewAsync">Asked when the service does not take the caller's token any more; null if nothing can be done then.</param>
internal sealed record CallerSource(
    Func<CancellationToken, ValueTask<Caller>> CurrentAsync, Func<Caller, CancellationToken, Task>? RenewAsync = null)
{
    public static CallerSource Of(Caller caller) => new(_ => ValueTask.FromResult(caller));
}
