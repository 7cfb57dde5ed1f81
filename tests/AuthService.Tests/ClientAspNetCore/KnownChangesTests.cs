using AuthService.Client.AspNetCore;
using AuthService.Client.AspNetCore.Changes;
using AuthService.Client.AspNetCore.Tokens;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AuthService.Tests.ClientAspNetCore;

/// <summary>What the changes say of a token, where no real AuthService gets to: many changes, wrong clocks, a database set back.</summary>
public sealed class KnownChangesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly KnownChanges _changes;

    public KnownChangesTests() => _changes = new KnownChanges(
        Options.Create(new AuthServiceSessionsOptions { ChangesRemembered = 100 }), _clock, NullLogger<KnownChanges>.Instance);

    [Fact]
    public void Before_the_feed_said_anything_nothing_is_known() => _changes.Judge(Token("ses_1", Start)).ShouldBe(Standing.Unknown);

    [Fact]
    public void Tokens_from_before_the_feed_began_and_shortly_after_are_not_known()
    {
        _changes.Begin(Heard(1));

        _changes.Judge(Token("ses_1", Start.AddSeconds(9))).ShouldBe(Standing.Unknown);
        _changes.Judge(Token("ses_1", Start.AddSeconds(10))).ShouldBe(Standing.Good);
    }

    [Fact]
    public void Tokens_that_were_replaced_are_over_and_newer_ones_are_not()
    {
        _changes.Begin(Heard(1));
        _changes.Take(Heard(2, new SessionChange { SessionId = "ses_1", Kind = SessionChangeKind.TokensReplaced, TokensFrom = 3, ChangeTime = At(Start) }));

        _changes.Judge(Token("ses_1", Start.AddMinutes(1), generation: 2)).ShouldBe(Standing.Ended);
        _changes.Judge(Token("ses_1", Start.AddMinutes(1), generation: 3)).ShouldBe(Standing.Good);
    }

    [Fact]
    public void What_ended_stays_so_though_the_feed_is_lost()
    {
        _changes.Begin(Heard(1));
        _changes.Take(Heard(2, Ended("ses_1")));
        _clock.Advance(TimeSpan.FromMinutes(4));

        _changes.Judge(Token("ses_1", Start)).ShouldBe(Standing.Ended);
        _changes.Judge(Token("ses_2", Start.AddMinutes(1))).ShouldBe(Standing.Unknown);
    }

    [Fact]
    public void Of_more_changes_than_are_remembered_the_oldest_are_forgotten_and_never_taken_for_good()
    {
        _changes.Begin(Heard(1));
        for (var number = 0; number < 1_000; number++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            _changes.Take(Heard(2 + number, Ended($"ses_{number}")));
            _changes.Count.ShouldBeLessThanOrEqualTo(100);
        }

        var standings = Enumerable.Range(0, 1_000).Select(number => _changes.Judge(Token($"ses_{number}", Start.AddSeconds(10)))).ToList();
        standings.ShouldNotContain(Standing.Good);
        standings.Count(standing => standing == Standing.Ended).ShouldBeInRange(75, 100);
        _changes.Judge(Token("ses_other", _clock.GetUtcNow().AddSeconds(10))).ShouldBe(Standing.Good);
    }

    [Fact]
    public void Changes_are_forgotten_when_no_token_can_be_left_that_they_are_about()
    {
        _changes.Begin(Heard(1));
        _changes.Take(Heard(2, Ended("ses_1")));

        _clock.Advance(TimeSpan.FromMinutes(9));
        _changes.Take(Heard(2));
        var before = _changes.Count;
        _clock.Advance(TimeSpan.FromMinutes(2));
        _changes.Take(Heard(2));

        (before, _changes.Count).ShouldBe((1, 0));
    }

    [Fact]
    public void A_token_that_outlives_what_is_remembered_is_always_asked_about()
    {
        _changes.Begin(Heard(1));

        _changes.Judge(Token("ses_1", Start.AddSeconds(10), life: TimeSpan.FromMinutes(11))).ShouldBe(Standing.Unknown);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(0)]
    public void The_feed_is_believed_for_ten_seconds_by_a_clock_that_is_right_or_behind(int behind)
    {
        _changes.Begin(Heard(1, ahead: TimeSpan.FromSeconds(-behind)));
        var token = Token("ses_1", Start.AddHours(2));

        _clock.Advance(TimeSpan.FromSeconds(9.9));
        var before = _changes.Judge(token);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        (before, _changes.Judge(token)).ShouldBe((Standing.Good, Standing.Unknown));
    }

    [Fact]
    public void By_a_clock_that_is_ahead_it_is_not_believed_at_all()
    {
        _changes.Begin(Heard(1, ahead: TimeSpan.FromMinutes(-1)));

        _changes.Judge(Token("ses_1", Start.AddHours(2))).ShouldBe(Standing.Unknown);
    }

    [Fact]
    public void When_the_database_was_set_back_all_that_was_known_is_asked_about_again()
    {
        _changes.Begin(Heard(1_000));
        var token = Token("ses_1", Start.AddSeconds(10));
        _changes.Judge(token).ShouldBe(Standing.Good);

        _changes.Forget();
        var forgotten = (_changes.Sequence, _changes.Judge(token));
        _clock.Advance(TimeSpan.FromSeconds(5));
        _changes.Begin(Heard(7));

        forgotten.ShouldBe((0, Standing.Unknown));
        _changes.Judge(token).ShouldBe(Standing.Unknown);
        _changes.Judge(Token("ses_1", Start.AddSeconds(15))).ShouldBe(Standing.Good);
    }

    private static KnownToken Token(string session, DateTimeOffset issuedAt, int generation = 0, TimeSpan? life = null) => new(
        new ValidSession
        {
            AccountId = "acc_de_1",
            SessionId = session,
            DeviceId = "",
            KeyThumbprint = "",
            Amr = ["pwd"],
            Aal = "aal1",
            Scopes = ["account"],
            ExpiresAt = issuedAt + (life ?? TimeSpan.FromMinutes(5)),
        },
        "key",
        generation,
        issuedAt);

    private static Timestamp At(DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);

    private SessionChange Ended(string session) => new() { SessionId = session, Kind = SessionChangeKind.Ended, ChangeTime = At(_clock.GetUtcNow()) };

    /// <param name="sequence">Of the answer.</param>
    /// <param name="ahead">How far AuthService's clock is ahead of ours.</param>
    /// <param name="changes">In the answer.</param>
    private WatchSessionsResponse Heard(long sequence, TimeSpan ahead, params IReadOnlyList<SessionChange> changes) => new()
    {
        Sequence = sequence, FreshUntil = At(_clock.GetUtcNow() + ahead + TimeSpan.FromSeconds(10)), Changes = { changes },
    };

    private WatchSessionsResponse Heard(long sequence, params IReadOnlyList<SessionChange> changes) => Heard(sequence, TimeSpan.Zero, changes);
}
