using AuthService.Protocol;
using AuthService.Storage;
using AuthService.Tests.Stores;
using AuthService.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AuthService.Tests.Sessions;

/// <summary>Two replicas on one database: what one changes, the other and every watcher learns.</summary>
public sealed class WatchSessionsTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("authservice-test-").FullName;
    private TestService _one = null!;
    private TestService _other = null!;

    public async Task InitializeAsync()
    {
        _one = await TestService.StartAsync(data: _data);
        _other = await TestService.StartAsync(data: _data);
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _one.DisposeAsync();
        await TestStore.ForgetAsync(_data);
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_session_that_ends_at_one_replica_is_refused_by_the_other_once_it_looked()
    {
        var person = await Person.SignUpAsync(_one);
        using var watch = _other.Sessions.WatchSessions(new WatchSessionsRequest(), _other.AsService);
        await NextAsync(watch);
        (await ValidateAsync(_other, person)).Active.ShouldBeTrue();

        await _one.Sessions.RevokeSessionAsync(new RevokeSessionRequest { SessionId = person.Session.SessionId }, person.AsSelf);
        _other.Clock.Advance(TimeSpan.FromSeconds(1));
        var change = await NextChangeAsync(watch);

        (change.SessionId, change.AccountId, change.Kind).ShouldBe((person.Session.SessionId, person.AccountId, SessionChangeKind.Ended));
        (await ValidateAsync(_other, person)).Reason.ShouldBe(InactiveReason.Revoked);
        (await ValidateAsync(_one, person)).Reason.ShouldBe(InactiveReason.Revoked);
    }

    [Fact]
    public async Task A_watcher_resumes_from_where_it_was_at_any_replica_and_misses_nothing()
    {
        var people = new List<Person>();
        for (var number = 0; number < 4; number++)
            people.Add(await Person.SignUpAsync(_one));
        long seen;
        using (var watch = _one.Sessions.WatchSessions(new WatchSessionsRequest(), _one.AsService))
        {
            await NextAsync(watch);
            await RevokeAsync(people[0]);
            seen = (await NextChangeAsync(watch)).Sequence;
        }

        foreach (var person in people[1..])
            await RevokeAsync(person);
        _other.Clock.Advance(TimeSpan.FromSeconds(1));
        using var resumed = _other.Sessions.WatchSessions(new WatchSessionsRequest { AfterSequence = seen }, _other.AsService);
        var changes = new List<SessionChange>();
        while (changes.Count < 3)
            changes.AddRange((await NextAsync(resumed)).Changes);

        changes.Select(change => change.SessionId).ShouldBe(people[1..].Select(person => person.Session.SessionId));
        changes.Select(change => change.Sequence).ShouldBeInOrder(SortDirection.Ascending);
        changes[0].Sequence.ShouldBeGreaterThan(seen);
    }

    [Fact]
    public async Task A_watcher_hears_each_second_that_there_is_nothing_new_and_until_when_that_counts()
    {
        using var watch = _one.Sessions.WatchSessions(new WatchSessionsRequest(), _one.AsService);
        var first = await NextAsync(watch);

        _one.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await NextAsync(watch);

        first.Changes.ShouldBeEmpty();
        second.Changes.ShouldBeEmpty();
        second.Sequence.ShouldBe(first.Sequence);
        (second.FreshUntil - first.FreshUntil).ToTimeSpan().ShouldBeGreaterThan(TimeSpan.Zero);
        second.FreshUntil.ToDateTimeOffset().ShouldBeLessThanOrEqualTo(_one.Clock.GetUtcNow().AddSeconds(10));
    }

    [Fact]
    public async Task Without_its_database_a_replica_answers_for_ten_seconds_and_then_not_at_all()
    {
        var person = await Person.SignUpAsync(_one);
        (await ValidateAsync(_one, person)).Active.ShouldBeTrue();

        await TestStore.LoseAsync(_one);
        var known = await ValidateAsync(_one, person);
        _one.Clock.Advance(TimeSpan.FromSeconds(11));
        var refused = await Refusals.OfAsync(() => ValidateAsync(_one, person));

        known.Active.ShouldBeTrue();
        refused.StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task A_watcher_resumes_at_a_replica_that_started_after_all_changes_were_swept()
    {
        var people = new[] { await Person.SignUpAsync(_one), await Person.SignUpAsync(_one) };
        using var watch = _one.Sessions.WatchSessions(new WatchSessionsRequest(), _one.AsService);
        await NextAsync(watch);
        foreach (var person in people)
            await RevokeAsync(person);
        var seen = 0L;
        for (var changes = 0; changes < people.Length;)
        {
            var answer = await NextAsync(watch);
            (seen, changes) = (answer.Sequence, changes + answer.Changes.Count);
        }

        _one.Clock.Advance(TimeSpan.FromHours(2));
        await _one.Services.GetServices<IHostedService>().OfType<ExpirySweeper>().Single().SweepAsync(CancellationToken.None);
        await using var late = await TestService.StartAsync(data: _data);
        using var resumed = late.Sessions.WatchSessions(new WatchSessionsRequest { AfterSequence = seen }, late.AsService);

        var first = await NextAsync(resumed);

        (first.Sequence, first.Changes.Count).ShouldBe((seen, 0));
        (await late.Services.GetRequiredService<Database>().ReadAsync(rows => rows.SessionChanges.CountAsync(), default)).ShouldBe(1);
    }

    [Fact]
    public async Task A_sequence_that_was_never_reached_is_refused()
    {
        using var watch = _one.Sessions.WatchSessions(new WatchSessionsRequest { AfterSequence = 1_000_000 }, _one.AsService);
        using var negative = _one.Sessions.WatchSessions(new WatchSessionsRequest { AfterSequence = -1 }, _one.AsService);

        (await Refusals.OfAsync(() => NextAsync(watch))).StatusCode.ShouldBe(StatusCode.OutOfRange);
        (await Refusals.OfAsync(() => NextAsync(negative))).Fields().ShouldBe(["after_sequence"]);
    }

    [Fact]
    public async Task Who_lacks_the_scope_watches_nothing()
    {
        var person = await Person.SignUpAsync(_one);
        using var watch = _one.Sessions.WatchSessions(new WatchSessionsRequest(), person.AsSelf);

        (await Refusals.OfAsync(() => NextAsync(watch))).StatusCode.ShouldBe(StatusCode.Unauthenticated);
    }

    private async Task RevokeAsync(Person person) =>
        await _one.Sessions.RevokeSessionAsync(new RevokeSessionRequest { SessionId = person.Session.SessionId }, person.AsSelf);

    private static async Task<ValidateSessionResponse> ValidateAsync(TestService at, Person person) =>
        await at.Sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = person.Session.AccessToken }, at.AsService);

    private static async Task<WatchSessionsResponse> NextAsync(AsyncServerStreamingCall<WatchSessionsResponse> watch)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        (await watch.ResponseStream.MoveNext(patience.Token)).ShouldBeTrue();
        return watch.ResponseStream.Current;
    }

    private static async Task<SessionChange> NextChangeAsync(AsyncServerStreamingCall<WatchSessionsResponse> watch)
    {
        while (true)
        {
            var answer = await NextAsync(watch);
            if (answer.Changes.Count > 0)
                return answer.Changes.ShouldHaveSingleItem();
        }
    }
}
