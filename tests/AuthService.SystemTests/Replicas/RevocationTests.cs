using System.Collections.Concurrent;
using System.Diagnostics;
using AuthService.SystemTests.Harness;
using AuthService.Tests.Shared;
using AuthService.V1;
using Xunit.Abstractions;

namespace AuthService.SystemTests.Replicas;

/// <summary>A session that ends at one replica is refused by every other one, and every watcher hears of it.</summary>
public sealed class RevocationTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly int People = TestSize.Sessions(unlessAsked: 60);

    /// <summary>What <c>fresh_until</c> promises, at worst.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private Cluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await Cluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Revoked_sessions_are_refused_everywhere_and_every_watcher_hears_of_each_once()
    {
        var sessions = await SignUpAsync();

        // One after the other: with nothing else going on, this is what the way itself takes.
        await RevokeAsync("with Redis", sessions, atOnce: 1);
    }

    [Fact]
    public async Task Without_Redis_it_takes_about_a_second_and_nobody_is_logged_out()
    {
        var sessions = await SignUpAsync();
        var kept = await _cluster.SignUpAsync(Person.Number(0, "kept"));

        await _cluster.Redis.StopAsync();
        await RevokeAsync("without Redis", sessions, atOnce: 32);

        foreach (var replica in _cluster.Replicas)
            (await _cluster.ValidateAsync(replica, kept)).Active.ShouldBeTrue();
        (await Person.Number(0, "kept").LogInAsync(_cluster.Any, kept.DeviceToken)).Session.ShouldNotBeNull();
    }

    private async Task<IReadOnlyList<Session>> SignUpAsync()
    {
        var sessions = await _cluster.SignUpAsync("revoked", People);
        foreach (var replica in _cluster.Replicas)
        {
            foreach (var session in sessions)
                (await _cluster.ValidateAsync(replica, session)).Active.ShouldBeTrue();
        }

        return sessions;
    }

    private async Task RevokeAsync(string how, IReadOnlyList<Session> sessions, int atOnce)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        var watchers = _cluster.Replicas.Select(replica => new Watcher(replica, _cluster.ServiceToken, sessions.Count, enough.Token)).ToList();
        await Task.WhenAll(watchers.Select(watcher => watcher.Ready));

        var revoked = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var refused = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(sessions, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (session, cancellation) =>
        {
            await _cluster.Any.Sessions.RevokeSessionAsync(
                new RevokeSessionRequest { SessionId = session.SessionId },
                ServiceProcess.Bearer(_cluster.AdminToken),
                cancellationToken: cancellation);
            revoked[session.SessionId] = Stopwatch.GetTimestamp();
            foreach (var replica in _cluster.Replicas)
                await RefusedAsync(replica, session, since: revoked[session.SessionId], isPatient: atOnce > 1);
            refused[session.SessionId] = Stopwatch.GetTimestamp();
        });

        await Task.WhenAll(watchers.Select(watcher => watcher.Done));
        foreach (var watcher in watchers)
        {
            watcher.Ended.Select(ended => ended.SessionId).Order(StringComparer.Ordinal)
                .ShouldBe(sessions.Select(session => session.SessionId).Order(StringComparer.Ordinal));
        }

        Tell($"{sessions.Count} sessions {how}, refused by all three replicas", refused, revoked);
        Tell(
            $"{sessions.Count} sessions {how}, known to all three watchers",
            watchers.SelectMany(watcher => watcher.Ended).GroupBy(ended => ended.SessionId, StringComparer.Ordinal)
                .Select(heard => KeyValuePair.Create(heard.Key, heard.Max(ended => ended.At))),
            revoked);
    }

    private async Task RefusedAsync(ServiceProcess replica, Session session, long since, bool isPatient)
    {
        while ((await _cluster.ValidateAsync(replica, session)).Active)
        {
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(Freshness, "longer than fresh_until promises");
            if (isPatient)
                await Eventually.PassAsync(TimeSpan.FromMilliseconds(5));
        }
    }

    private void Tell(string what, IEnumerable<KeyValuePair<string, long>> took, ConcurrentDictionary<string, long> since)
    {
        // A watcher may hear of it before the answer to who asked for it is there.
        var latencies = took.Select(one => Math.Max(0, Stopwatch.GetElapsedTime(since[one.Key], one.Value).TotalMilliseconds)).Order().ToList();
        output.WriteLine(FormattableString.Invariant(
            $"{what} after: p50 {latencies[latencies.Count / 2]:f1} ms, p99 {latencies[latencies.Count * 99 / 100]:f1} ms, max {latencies[^1]:f1} ms"));
    }
}
