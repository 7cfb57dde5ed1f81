namespace AuthService.Tests;

/// <summary>
/// A service whose soft doors wait an hour instead of 72, for all tests of a class: to pass three days, a fake clock fires some fifty
/// thousand ticks of the background's timers.
/// </summary>
public sealed class ShortWaits : IAsyncLifetime
{
    public static readonly TimeSpan Wait = TimeSpan.FromHours(1);

    public TestService Service { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Service = await TestService.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["SoftDoors:Wait"] = Wait.ToString() });

    public Task DisposeAsync() => Service.DisposeAsync().AsTask();
}
