using System.Collections.Concurrent;
using System.Diagnostics;
using AuthService.SystemTests.Harness;
using AuthService.V1;
using Xunit.Abstractions;

namespace AuthService.SystemTests.Replicas;

/// <summary>An answer that is lost on its way logs nobody out, and makes no second successor.</summary>
public sealed class RefreshStormTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Seed = 20261128;
    private const int OneIn = 100;
    private const int SessionsOfOne = 5;

    private static readonly int Sessions = TestSize.Sessions(unlessAsked: 300);

    private Cluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await Cluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Nobody_is_logged_out_and_no_family_forks_while_one_answer_in_a_hundred_is_dropped()
    {
        var sessions = await SignInAsync();
        var links = _cluster.Replicas.Select((replica, number) => FaultyLink.To(replica.GrpcAddress.Port, Seed + number)).ToList();
        var storm = new RefreshStorm(links, Seed);
        foreach (var link in links)
            link.DropAnswers(OneIn);

        var before = await RolledBackAsync();
        var started = Stopwatch.GetTimestamp();
        await storm.RunAsync(sessions);
        var took = Stopwatch.GetElapsedTime(started);

        var after = await RolledBackAsync();
        output.WriteLine($"transactions that ran again: {before} while people signed in, {after - before} in the storm");
        foreach (var link in links)
            await link.DisposeAsync();
        var (answers, dropped) = (links.Sum(link => link.Answers), links.Sum(link => link.Dropped));
        output.WriteLine(FormattableString.Invariant(
            $"{sessions.Count} sessions of {sessions.Select(one => one.Owner).Distinct().Count()} owners, {RefreshStorm.AtOnce} at once; {storm.Refreshes} refreshes answered in {took.TotalSeconds:f1} s, {dropped} of {answers} answers dropped, {storm.Lost} calls without an answer; logged-out owners {storm.LoggedOut.Count}, forks {storm.Forks}"));
        dropped.ShouldBeGreaterThan(0, "nothing was dropped");
        storm.Lost.ShouldBeGreaterThanOrEqualTo(dropped);
        storm.LoggedOut.ShouldBeEmpty();
        storm.Forks.ShouldBe(0);
        await CheckAsync(sessions, storm, dropped);
    }

    /// <summary>Each round was one exchange, however often it was asked for; and whoever has the newest tokens is signed in.</summary>
    private async Task CheckAsync(IReadOnlyCollection<(Person Owner, Session Session)> sessions, RefreshStorm storm, int dropped)
    {
        var events = await AuditTrail.ReadAsync(_cluster.Any, _cluster.Folder, EventType.SessionRefreshed, EventType.RefreshReused, EventType.RefreshLate);
        events.ShouldAllBe(@event => @event.Type == EventType.SessionRefreshed);
        events.Count(IsRepeat).ShouldBeGreaterThanOrEqualTo(dropped / 2, "lost answers were not asked for again");
        var exchanges = events.Where(@event => !IsRepeat(@event)).ToLookup(@event => @event.SessionId, StringComparer.Ordinal);
        foreach (var (_, session) in sessions)
            exchanges[session.SessionId].Count().ShouldBe(RefreshStorm.Rounds, session.SessionId);

        await Parallel.ForEachAsync(sessions, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (one, cancellation) =>
        {
            var newest = storm.Newest[one.Session.SessionId];
            foreach (var replica in _cluster.Replicas)
                (await _cluster.ValidateAsync(replica, newest)).Active.ShouldBeTrue(newest.SessionId);
            var next = await _cluster.Any.Sessions.RefreshSessionAsync(
                new RefreshSessionRequest { RefreshToken = newest.RefreshToken }, ServiceProcess.From(one.Owner.Network), cancellationToken: cancellation);
            next.Session.SessionId.ShouldBe(newest.SessionId);
        });
    }

    private async Task<long> RolledBackAsync() =>
        (long)(await _cluster.Postgres.AskAsync("postgres", "SELECT xact_rollback FROM pg_stat_database WHERE datname = 'authservice'"))!;

    private static bool IsRepeat(AuditEvent @event) => @event.Details.TryGetValue("how", out var how) && how == "repeat";

    private async Task<IReadOnlyCollection<(Person Owner, Session Session)>> SignInAsync()
    {
        var sessions = new ConcurrentBag<(Person Owner, Session Session)>();
        var people = (Sessions + SessionsOfOne - 1) / SessionsOfOne;
        await Parallel.ForEachAsync(Enumerable.Range(0, people), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
        {
            var owner = Person.Number(number, "storm");
            var session = await _cluster.SignUpAsync(owner);
            sessions.Add((owner, session));
            for (var login = 1; login < SessionsOfOne && (number * SessionsOfOne) + login < Sessions; login++)
            {
                session = (await owner.LogInAsync(_cluster.Any, session.DeviceToken)).Session.ShouldNotBeNull(owner.Email);
                sessions.Add((owner, session));
            }
        });
        return sessions;
    }
}
