using AuthService.SystemTests.Harness;
using AuthService.Tests.Shared;
using Xunit.Abstractions;

namespace AuthService.SystemTests.Replicas;

/// <summary>PostgreSQL has no room left to write, not even its log.</summary>
public sealed class FullDiskTests(ITestOutputHelper output) : IAsyncLifetime
{
    private SmallDisk _disk = null!;
    private Cluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _disk = await SmallDisk.MountAsync(megabytes: 400);
        _cluster = await Cluster.StartAsync(await PostgresServer.StartOnAsync(_disk.Path, isDurable: true));
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _disk.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_when_the_disk_of_PostgreSQL_is_full()
    {
        var lives = await Lives.StartAsync(_cluster, "household");
        await lives.GoThroughAsync(async () =>
        {
            await _disk.FillAsync(TimeSpan.FromSeconds(5));
            _disk.MakeRoom();
            await _cluster.Postgres.StartAgainIfEndedAsync();
        });
        output.WriteLine($"PostgreSQL's disk is full for five seconds: {lives.Seen}");
        lives.Failures.ShouldBeGreaterThan(0, "nobody missed the room");
    }
}
