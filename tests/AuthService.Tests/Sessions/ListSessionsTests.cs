using AuthService.Protocol;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Tests.Sessions;

public sealed class ListSessionsTests(SessionsFixture given) : IClassFixture<SessionsFixture>
{
    private TestService Service => given.Service;

    [Fact]
    public async Task Live_sessions_are_listed_the_newest_first()
    {
        var (owner, sessions) = await SignInAsync(3);
        await given.RevokeAsync(sessions[1]);

        var answer = await ListAsync(sessions[0]);

        answer.Sessions.Select(session => session.SessionId).ShouldBe([sessions[2].SessionId, sessions[0].SessionId]);
        answer.Sessions.Select(session => session.Current).ShouldBe([false, true]);
    }

    [Fact]
    public async Task A_summary_says_when_and_how_the_person_signed_in()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync(FactorKind.Password, FactorKind.Totp);

        var summary = (await ListAsync(session)).Sessions.ShouldHaveSingleItem();

        summary.CreateTime.ToDateTimeOffset().ShouldBe(Service.Clock.GetUtcNow());
        summary.ExpireTime.ShouldBe(session.RefreshExpiresAt);
        summary.Amr.ShouldBe(session.Amr);
        summary.Aal.ShouldBe(AssuranceLevels.Aal2);
    }

    [Fact]
    public async Task Pages_together_list_each_session_once()
    {
        var (_, sessions) = await SignInAsync(5);

        var listed = new List<string>();
        var token = "";
        do
        {
            var answer = await ListAsync(sessions[0], size: 2, token);
            answer.Sessions.Count.ShouldBeLessThanOrEqualTo(2);
            listed.AddRange(answer.Sessions.Select(session => session.SessionId));
            token = answer.NextPageToken;
        }
        while (token.Length > 0);

        listed.ShouldBe(sessions.Select(session => session.SessionId).Reverse());
    }

    [Fact]
    public async Task A_page_token_is_good_for_its_own_list_only()
    {
        var (_, sessions) = await SignInAsync(2);
        var (_, others) = await SignInAsync(2);
        var token = (await ListAsync(sessions[0], size: 1)).NextPageToken;

        var refusal = await Refusals.OfAsync(() => ListAsync(others[0], size: 1, token));

        refusal.Fields().ShouldBe(["page_token"]);
    }

    [Fact]
    public async Task An_operators_page_token_is_good_for_one_account_only()
    {
        var (owner, _) = await SignInAsync(2);
        var (other, _) = await SignInAsync(2);
        var first = await Service.Sessions.ListSessionsAsync(
            new ListSessionsRequest { AccountId = owner.Account.Value, PageSize = 1 }, Service.AsAdmin);

        var refusal = await Refusals.OfAsync(Service.Sessions.ListSessionsAsync(
            new ListSessionsRequest { AccountId = other.Account.Value, PageSize = 1, PageToken = first.NextPageToken }, Service.AsAdmin));

        refusal.Fields().ShouldBe(["page_token"]);
    }

    [Theory]
    [InlineData(1)] // the version
    [InlineData(5)] // the key's id
    [InlineData(30)] // the MAC
    [InlineData(70)] // the position
    public async Task A_changed_page_token_is_refused(int at)
    {
        var (_, sessions) = await SignInAsync(2);
        var token = (await ListAsync(sessions[0], size: 1)).NextPageToken.ToCharArray();
        token[at] = token[at] == 'A' ? 'B' : 'A';

        var refusal = await Refusals.OfAsync(() => ListAsync(sessions[0], size: 1, new string(token)));

        refusal.Fields().ShouldBe(["page_token"]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("!")]
    [InlineData("AQ")]
    public async Task A_text_that_is_no_page_token_is_refused(string token)
    {
        var (_, sessions) = await SignInAsync(1);

        var refusal = await Refusals.OfAsync(() => ListAsync(sessions[0], size: -1, token));

        refusal.Status.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refusal.Fields().ShouldBe(["page_size", "page_token"]);
    }

    [Fact]
    public async Task A_page_has_a_hundred_sessions_at_most()
    {
        var (_, sessions) = await SignInAsync(101);

        (await ListAsync(sessions[0], size: 1000)).Sessions.Count.ShouldBe(100);
        (await ListAsync(sessions[0])).Sessions.Count.ShouldBe(50);
    }

    private async Task<(Owner Owner, IReadOnlyList<Session> Sessions)> SignInAsync(int times)
    {
        var owner = await Owner.CreateAsync(Service);
        var sessions = new List<Session>();
        for (var count = 0; count < times; count++)
        {
            Service.Clock.Advance(TimeSpan.FromMilliseconds(1));
            sessions.Add(await owner.SignInAsync());
        }

        return (owner, sessions);
    }

    private async Task<ListSessionsResponse> ListAsync(Session session, int size = 0, string token = "") =>
        await Service.Sessions.ListSessionsAsync(
            new ListSessionsRequest { PageSize = size, PageToken = token }, TestService.Bearer(session.AccessToken));
}
