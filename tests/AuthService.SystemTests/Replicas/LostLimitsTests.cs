using System.Diagnostics;
using AuthService.Client;
using AuthService.Protocol;
using AuthService.SystemTests.Harness;
using AuthService.Tests.Shared;
using AuthService.V1;
using Grpc.Core;
using Xunit.Abstractions;

namespace AuthService.SystemTests.Replicas;

/// <summary>With a Redis that forgets, or none: limits are wider, but hold, and nobody is logged out.</summary>
public sealed class LostLimitsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int AtOnce = 20;
    private const int Tries = 150;
    private const int People = 10;

    /// <summary>Of a replica: one that asks, one that listens.</summary>
    private const int ConnectionsToRedis = 2;

    private Cluster _cluster = null!;
    private int _strangers;

    /// <summary>What one network may try is small here, and hardly grows while the test runs.</summary>
    public async Task InitializeAsync() =>
        _cluster = await Cluster.StartAsync("RateLimits:NetworkLogin:PerMinute=1", $"RateLimits:NetworkLogin:Burst={AtOnce}");

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Nobody_is_logged_out_and_no_limit_is_wider_than_the_replicas_make_it()
    {
        var owners = Enumerable.Range(0, People).Select(number => Person.Number(number, "limited")).ToList();
        var sessions = (await _cluster.SignUpAsync("limited", People)).ToList();

        // 1. all replicas count together
        await CountAsync("shared", "203.0.113.1", most: AtOnce);

        // 2. Redis has forgotten: once more, and still together
        await _cluster.Redis.EmptyAsync();
        await CountAsync("after FLUSHALL, the same network", "203.0.113.1", most: AtOnce);
        await CheckAsync(owners, sessions);

        // 3. without Redis each counts for itself
        await _cluster.Redis.StopAsync();
        var alone = await CountAsync("without Redis", "203.0.113.2", most: AtOnce * 3);
        alone.ShouldBeGreaterThan(AtOnce, "they cannot have counted together");
        await CheckAsync(owners, sessions);

        // 4. it is back, empty: together again
        await _cluster.Redis.RestartAsync();
        await Eventually.TrueAsync(
            async () => await _cluster.Redis.ConnectionsAsync("authservice") >= ConnectionsToRedis * 3, TimeSpan.FromMinutes(1), "the replicas are back at Redis");
        await Eventually.PassAsync(TimeSpan.FromSeconds(1.5));
        await CountAsync("Redis is back", "203.0.113.3", most: AtOnce);
        await CheckAsync(owners, sessions);
    }

    /// <summary>Tries one secret after another, each at the next replica, and counts what the limit let through.</summary>
    private async Task<int> CountAsync(string when, string network, int most)
    {
        var (started, passed) = (Stopwatch.GetTimestamp(), 0);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var stranger = Person.Number(100_000 + _strangers++, "stranger");
            try
            {
                await Refusals.PatientlyAsync(() => _cluster.Any.Logins.LoginAsync(stranger.LoginRequest(), ServiceProcess.From(network)));
                passed++;
            }
            catch (RpcException refusal)
            {
                var reason = AuthServiceException.From(refusal).Reason;
                reason.ShouldBeOneOf(ErrorReasons.RateLimited, ErrorReasons.InvalidCredentials, ErrorReasons.EnvironmentDenied);
                if (reason != ErrorReasons.RateLimited)
                    passed++;
            }
        }

        // What came free meanwhile, one a minute, at each who counts.
        var regained = (int)Math.Ceiling(Stopwatch.GetElapsedTime(started).TotalMinutes) * most / AtOnce;
        output.WriteLine(FormattableString.Invariant($"{when}: {passed} of {Tries} tries at 3 replicas let through under a limit of {AtOnce}"));
        passed.ShouldBeInRange(AtOnce, most + regained, when);
        return passed;
    }

    private async Task CheckAsync(List<Person> owners, List<Session> sessions)
    {
        for (var number = 0; number < People; number++)
        {
            foreach (var replica in _cluster.Replicas)
                (await _cluster.ValidateAsync(replica, sessions[number])).Active.ShouldBeTrue(owners[number].Email);
            var request = new RefreshSessionRequest { RefreshToken = sessions[number].RefreshToken };
            sessions[number] = (await _cluster.Any.Sessions.RefreshSessionAsync(request, ServiceProcess.From(owners[number].Network))).Session;
        }
    }
}
