using AuthService.V1;

namespace AuthService.Tests.ClientAspNetCore;

/// <summary>What a service lets in while it hears of changes, and what when it does not.</summary>
public sealed class LostFeedTests : AuthServiceWithServices
{
    private const string Feed = "WatchSessions";

    [Fact]
    public async Task A_session_that_ends_is_refused_without_a_question()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var (ended, other) = (await SignInAsync(), await SignInAsync());
        (await service.StatusAsync(ended.AccessToken)).ShouldBe(200);

        await RevokeAsync(ended);

        (await service.RefusalOfAsync(ended.AccessToken)).ShouldBe(401);
        (await service.StatusAsync(other.AccessToken)).ShouldBe(200);
        service.Questions.ShouldBe(0);
    }

    [Fact]
    public async Task A_session_that_ended_before_the_service_started_is_refused()
    {
        var (ended, other) = (await SignInAsync(), await SignInAsync());
        await RevokeAsync(ended);
        await using var service = await ProtectedService.StartAsync(Auth);

        (await service.StatusAsync(ended.AccessToken)).ShouldBe(401);
        (await service.StatusAsync(ended.AccessToken)).ShouldBe(401);
        (await service.StatusAsync(other.AccessToken)).ShouldBe(200);
        service.Questions.ShouldBe(2);
    }

    [Fact]
    public async Task Of_tokens_from_before_the_service_started_it_asks_until_it_knows_them()
    {
        var session = await SignInAsync();
        await using var service = await ProtectedService.StartJustNowAsync(Auth);
        (await service.StatusAsync(session.AccessToken)).ShouldBe(200);
        await service.PassAsync(TimeSpan.FromSeconds(22));
        (await service.StatusAsync(session.AccessToken)).ShouldBe(200);
        service.Questions.ShouldBe(2);

        await service.PassAsync(TimeSpan.FromMinutes(2));
        (await service.StatusAsync(session.AccessToken)).ShouldBe(200);
        service.Questions.ShouldBe(2);

        await RevokeAsync(session);
        (await service.RefusalOfAsync(session.AccessToken)).ShouldBe(401);
    }

    [Fact]
    public async Task Without_the_feed_it_answers_for_ten_seconds_and_then_asks()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var session = await SignInAsync();
        service.Cable.Cut(Feed);

        (await service.StatusAsync(session.AccessToken)).ShouldBe(200);
        var atOnce = service.Questions;
        Auth.Clock.Advance(TimeSpan.FromSeconds(11));
        (await service.StatusAsync(session.AccessToken)).ShouldBe(200);
        (await service.StatusAsync(session.AccessToken)).ShouldBe(200);

        (atOnce, service.Questions).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Without_the_feed_a_session_that_ends_is_refused_when_its_answer_is_over()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var session = await SignInAsync();
        service.Cable.Cut(Feed);
        Auth.Clock.Advance(TimeSpan.FromSeconds(11));
        (await service.StatusAsync(session.AccessToken)).ShouldBe(200);

        await RevokeAsync(session);
        Auth.Clock.Advance(TimeSpan.FromSeconds(10));

        (await service.StatusAsync(session.AccessToken)).ShouldBe(401);
    }

    [Fact]
    public async Task Without_AuthService_nobody_is_let_in_once_ten_seconds_are_over_and_nobody_is_logged_out()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var (known, unknown) = (await SignInAsync(), await SignInAsync());
        (await service.StatusAsync(known.AccessToken)).ShouldBe(200);
        service.Cable.Cut(Feed, "ValidateSession", "ListSigningKeys");

        Auth.Clock.Advance(TimeSpan.FromSeconds(11));
        var answer = await service.GetAsync("/claims", known.AccessToken);
        ((int)answer.StatusCode, answer.Headers.RetryAfter?.ToString()).ShouldBe((503, "1"));
        (await service.StatusAsync(unknown.AccessToken)).ShouldBe(503);

        service.Cable.Mend();
        await service.PassAsync(TimeSpan.FromSeconds(5));
        (await service.StatusAsync(known.AccessToken)).ShouldBe(200);
    }

    [Fact]
    public async Task A_service_that_may_not_ask_lets_nobody_in()
    {
        await using var service = await ProtectedService.StartJustNowAsync(Auth, options =>
        {
            options.CredentialFile = null;
            options.Credential = "no credential of anybody";
        });
        var session = await SignInAsync();

        (await service.StatusAsync(session.AccessToken)).ShouldBe(503);
    }

    [Fact]
    public async Task When_the_feed_comes_back_it_tells_what_was_missed_and_nothing_is_asked_again()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var (first, ended, other) = (await SignInAsync(), await SignInAsync(), await SignInAsync());
        await RevokeAsync(first);
        (await service.RefusalOfAsync(first.AccessToken)).ShouldBe(401);

        await MissAsync(service, () => RevokeAsync(ended));

        (await service.StatusAsync(ended.AccessToken)).ShouldBe(401);
        (await service.StatusAsync(other.AccessToken)).ShouldBe(200);
        service.Questions.ShouldBe(0);
    }

    [Fact]
    public async Task A_feed_that_began_before_the_first_change_ever_knows_nothing_of_a_gap()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var (ended, other) = (await SignInAsync(), await SignInAsync());
        (await service.StatusAsync(ended.AccessToken)).ShouldBe(200);

        // It never heard of a change, so it has no number to resume from.
        await MissAsync(service, () => RevokeAsync(ended));

        (await service.StatusAsync(ended.AccessToken)).ShouldBe(401);
        (await service.StatusAsync(other.AccessToken)).ShouldBe(200);
        service.Questions.ShouldBe(2);
    }

    [Fact]
    public async Task A_stream_that_has_gone_silent_is_given_up_and_opened_again()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var session = await SignInAsync();
        var streams = service.Cable.Calls(Feed);

        service.Cable.Block();
        await service.UntilAsync(() => service.Cable.Calls(Feed) > streams, TimeSpan.FromSeconds(1));
        await service.PassAsync(TimeSpan.FromSeconds(5));

        (await service.StatusAsync(session.AccessToken)).ShouldBe(200);
    }

    /// <summary>Something happens while the feed is lost for half a minute.</summary>
    private async Task MissAsync(ProtectedService service, Func<Task> what)
    {
        service.Cable.Cut(Feed);
        await what();
        Auth.Clock.Advance(TimeSpan.FromSeconds(30));
        service.Cable.Mend();
        await service.PassAsync(TimeSpan.FromSeconds(5));
    }
}
