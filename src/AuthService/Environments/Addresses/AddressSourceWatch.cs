namespace AuthService.Environments.Addresses;

/// <summary>Looks every half minute whether a file changed. By its date: notices of the file system get lost on network shares and in containers.</summary>
internal sealed class AddressSourceWatch(AddressSources sources, TimeProvider clock) : IHostedService, IDisposable
{
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = clock.CreateTimer(_ => sources.Refresh(), state: null, Period, Period);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_timer is not null)
            await _timer.DisposeAsync();
    }

    public void Dispose() => _timer?.Dispose();
}
