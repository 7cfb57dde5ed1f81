using System.Diagnostics.Metrics;
using AuthService.Security.Passwords;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AuthService.Tests.Security.Passwords;

/// <summary>A hashing gate with its threads started, and its own meter.</summary>
internal sealed class TestGate : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public TestGate(int threads = 1, int queueLength = 100, int nice = 10)
    {
        Meters = _services.GetRequiredService<IMeterFactory>();
        var options = Options.Create(new PasswordHashOptions { Threads = threads, QueueLength = queueLength, Nice = nice });
        Gate = new HashingGate(options, new HashingMetrics(Meters), TimeProvider.System, NullLogger<HashingGate>.Instance);
        Gate.Start();
    }

    public HashingGate Gate { get; }

    public IMeterFactory Meters { get; }

    /// <summary>Keeps a hashing thread busy until it is released.</summary>
    public async Task<BusyThread> OccupyAsync()
    {
        var busy = new BusyThread();
        busy.Done = Gate.RunAsync(busy.Work, CancellationToken.None);
        await busy.Started;
        return busy;
    }

    public async ValueTask DisposeAsync()
    {
        await Gate.StopAsync(new CancellationToken(canceled: true));
        Gate.Dispose();
        await _services.DisposeAsync();
    }

    internal sealed class BusyThread : IDisposable
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new();

        public Task Started => _started.Task;

        public Task<Gated<int>> Done { get; set; } = null!;

        public int Work()
        {
            _started.SetResult();
            _released.Task.GetAwaiter().GetResult();
            return 1;
        }

        public void Dispose() => _released.TrySetResult();
    }
}
