namespace AuthService.Accounts;

/// <summary>Nothing is served before there is somebody to be in place of nobody.</summary>
internal sealed class DecoyStartup(DecoyAccounts decoys) : IHostedLifecycleService
{
    /// <summary>Runs after the start-ups of schema and keys: services start in the order they were added.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => decoys.PrepareAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
