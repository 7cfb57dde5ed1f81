using System.Diagnostics;
using AuthService.SystemTests.Harness;
using AuthService.V1;
using Xunit.Abstractions;

namespace AuthService.SystemTests.Replicas;

/// <summary>A session that ends at one replica is refused by every other one, and every watcher hears of it.</summary>
public sealed class RevocationTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int People = 60;

    private Cluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await Cluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Revoked_sessions_are_refused_everywhere_and_every_watcher_hears_of_each_once()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, People).Select(number => _cluster.SignUpAsync(Person.Number(number, "revoked"))));
        foreach (var replica in _cluster.Replicas)
        {
            foreach (var session in sessions)
                (await _cluster.ValidateAsync(replica, session)).Active.ShouldBeTrue();
        }

        using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var watchers = _cluster.Replicas.Select(replica => new Watcher(replica, _cluster.ServiceToken, People, enough.Token)).ToList();
        await Task.WhenAll(watchers.Select(watcher => watcher.Ready));

        var latencies = new List<double>();
        foreach (var session in sessions)
        {
            await _cluster.Any.Sessions.RevokeSessionAsync(
                new RevokeSessionRequest { SessionId = session.SessionId }, ServiceProcess.Bearer(_cluster.AdminToken));
            var revoked = Stopwatch.GetTimestamp();
            foreach (var replica in _cluster.Replicas)
            {
                while ((await _cluster.ValidateAsync(replica, session)).Active)
                    Stopwatch.GetElapsedTime(revoked).ShouldBeLessThan(TimeSpan.FromSeconds(10), "longer than fresh_until promises");
            }

            latencies.Add(Stopwatch.GetElapsedTime(revoked).TotalMilliseconds);
        }

        await Task.WhenAll(watchers.Select(watcher => watcher.Done));
        foreach (var watcher in watchers)
            watcher.Ended.Order(StringComparer.Ordinal).ShouldBe(sessions.Select(session => session.SessionId).Order(StringComparer.Ordinal));

        latencies.Sort();
        output.WriteLine(FormattableString.Invariant(
            $"refused by all three after: p50 {latencies[People / 2]:f1} ms, p99 {latencies[People * 99 / 100]:f1} ms, max {latencies[^1]:f1} ms"));
    }

    [Fact]
    public async Task Without_Redis_it_takes_a_second_at_most_and_nobody_is_logged_out()
    {
        var kept = await _cluster.SignUpAsync(Person.Number(1, "kept"));
        var ended = await _cluster.SignUpAsync(Person.Number(2, "ended"));
        foreach (var replica in _cluster.Replicas)
            (await _cluster.ValidateAsync(replica, ended)).Active.ShouldBeTrue();

        await _cluster.Redis.StopAsync();
        await _cluster[0].Sessions.RevokeSessionAsync(
            new RevokeSessionRequest { SessionId = ended.SessionId }, ServiceProcess.Bearer(_cluster.AdminToken));
        var revoked = Stopwatch.GetTimestamp();
        foreach (var replica in _cluster.Replicas)
        {
            while ((await _cluster.ValidateAsync(replica, ended)).Active)
                Stopwatch.GetElapsedTime(revoked).ShouldBeLessThan(TimeSpan.FromSeconds(10), "longer than fresh_until promises");
        }

        output.WriteLine(FormattableString.Invariant($"without Redis: refused by all three after {Stopwatch.GetElapsedTime(revoked).TotalMilliseconds:f0} ms"));
        foreach (var replica in _cluster.Replicas)
            (await _cluster.ValidateAsync(replica, kept)).Active.ShouldBeTrue();
        (await Person.Number(1, "kept").LogInAsync(_cluster.Any, kept.DeviceToken)).Session.ShouldNotBeNull();
    }

    /// <summary>Follows one replica's stream until it has heard of so many sessions' ends.</summary>
    private sealed class Watcher
    {
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Watcher(ServiceProcess replica, string token, int most, CancellationToken cancellationToken) =>
            Done = FollowAsync(replica, token, most, cancellationToken);

        public Task Ready => _ready.Task;

        public Task Done { get; }

        public List<string> Ended { get; } = [];

        private async Task FollowAsync(ServiceProcess replica, string token, int most, CancellationToken cancellationToken)
        {
            using var watch = replica.Sessions.WatchSessions(new WatchSessionsRequest(), ServiceProcess.Bearer(token), cancellationToken: cancellationToken);
            while (Ended.Count < most && await watch.ResponseStream.MoveNext(cancellationToken))
            {
                _ready.TrySetResult();
                Ended.AddRange(watch.ResponseStream.Current.Changes.Where(change => change.Kind == SessionChangeKind.Ended).Select(change => change.SessionId));
            }
        }
    }
}
