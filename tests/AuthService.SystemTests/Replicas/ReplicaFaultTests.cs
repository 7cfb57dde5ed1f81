using System.Diagnostics;
using AuthService.SystemTests.Harness;
using AuthService.Tests.Shared;
using AuthService.V1;
using Xunit.Abstractions;

namespace AuthService.SystemTests.Replicas;

/// <summary>Whatever dies under load: nothing that was acknowledged is lost, nobody is logged out, nobody who signed out comes back.</summary>
public sealed class ReplicaFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Households = 8;

    private Cluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await Cluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Theory]
    [InlineData("a replica is killed and comes back")]
    [InlineData("Redis is killed and comes back empty")]
    [InlineData("PostgreSQL is killed and comes back")]
    [InlineData("PostgreSQL stands still for three seconds")]
    [InlineData("the replicas are replaced one after the other")]
    public async Task Nothing_that_was_acknowledged_is_lost_when(string fault)
    {
        var households = await Task.WhenAll(Enumerable.Range(0, Households).Select(MoveInAsync));
        using var end = new CancellationTokenSource();
        var lives = households.Select(household => Task.Run(() => household.LiveAsync(end.Token))).ToList();

        await AnswersAsync(households, 100);
        await InflictAsync(fault);
        var healed = Stopwatch.GetTimestamp();
        await AnswersAsync(households, 50);
        var recovered = Stopwatch.GetElapsedTime(healed);
        await AnswersAsync(households, 100);
        await end.CancelAsync();
        await Task.WhenAll(lives);

        await CheckAsync(households);
        output.WriteLine(FormattableString.Invariant(
            $"{fault}: {households.Sum(one => one.Answers)} answers, {households.Sum(one => one.Failures)} calls without, 50 answers {recovered.TotalMilliseconds:f0} ms after; {households.Sum(one => one.Opened.Count)} sessions, {households.Sum(one => one.Ended.Count)} ended; lost: nothing"));
    }

    private async Task InflictAsync(string fault)
    {
        switch (fault)
        {
            case "a replica is killed and comes back":
                await _cluster.KillReplicaAsync(1);
                await _cluster.StartReplicaAsync(1);
                break;
            case "Redis is killed and comes back empty":
                await _cluster.Redis.StopAsync();
                await Eventually.PassAsync(TimeSpan.FromSeconds(2));
                await _cluster.Redis.RestartAsync();
                break;
            case "PostgreSQL is killed and comes back":
                await _cluster.Postgres.CrashAsync();
                await Eventually.PassAsync(TimeSpan.FromSeconds(1));
                await _cluster.Postgres.StartAgainAsync();
                break;
            case "PostgreSQL stands still for three seconds":
                await _cluster.Postgres.SignalAsync("STOP");
                await Eventually.PassAsync(TimeSpan.FromSeconds(3));
                await _cluster.Postgres.SignalAsync("CONT");
                break;
            default:
                for (var number = 0; number < 3; number++)
                {
                    (await _cluster.StopReplicaAsync(number)).ShouldBe(0);
                    await _cluster.StartReplicaAsync(number);
                }

                break;
        }
    }

    private async Task<Household> MoveInAsync(int number)
    {
        var person = Person.Number(number, "household");
        return new Household(_cluster, person, (await _cluster.SignUpAsync(person)).DeviceToken, seed: 20261126 + number);
    }

    private static async Task AnswersAsync(Household[] households, int more)
    {
        var before = households.Sum(one => one.Answers);
        await Eventually.TrueAsync(() => households.Sum(one => one.Answers) >= before + more, TimeSpan.FromMinutes(2), "anybody answers");
    }

    private async Task CheckAsync(Household[] households)
    {
        // Logged-out owners and forked families: every open session can still be refreshed, by its owner alone.
        foreach (var household in households)
        {
            foreach (var session in household.Open.Values.ToList())
                await household.RefreshAsync(session);
        }

        foreach (var replica in _cluster.Replicas)
        {
            foreach (var session in households.SelectMany(one => one.Open.Values))
                (await _cluster.ValidateAsync(replica, session)).Active.ShouldBeTrue(session.SessionId);
            foreach (var session in households.SelectMany(one => one.Ended))
                (await _cluster.ValidateAsync(replica, session)).Active.ShouldBeFalse(session.SessionId);
        }

        var events = (await AuditTrail.ReadAsync(_cluster.Any, _cluster.Folder)).ToLookup(@event => (@event.Type, @event.SessionId));
        foreach (var opened in households.SelectMany(one => one.Opened))
            events[(EventType.LoginSucceeded, opened)].Count().ShouldBe(1, opened);
        foreach (var ended in households.SelectMany(one => one.Ended))
            events[(EventType.SessionRevoked, ended.SessionId)].Count().ShouldBe(1, ended.SessionId);
    }
}
