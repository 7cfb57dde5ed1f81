using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Tests.Accounts;

public sealed class ChangePasswordTests(SharedService shared) : IClassFixture<SharedService>, IAsyncLifetime
{
    private const string NewPassword = "lantern mosaic 77 gravel";

    private readonly TestService _service = shared.Service;
    private Person _person = null!;

    public async Task InitializeAsync() => _person = await Person.SignUpAsync(_service);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_new_password_signs_in_and_the_old_one_does_not()
    {
        await ChangeAsync(Person.Password, NewPassword);

        var old = await Refusals.OfAsync(() => _person.LoginFromAsync(_person.Home));
        var now = await _person.LoginFromAsync(_person.Home, password: NewPassword);

        old.Reason().ShouldBe(ErrorReasons.InvalidCredentials);
        now.OutcomeCase.ShouldNotBe(LoginResponse.OutcomeOneofCase.None);
    }

    [Fact]
    public async Task Other_sessions_end_this_one_stays_and_the_owner_is_told()
    {
        var login = await _person.LoginFromAsync(_person.Home);
        var other = login.Session ?? await _person.CompleteAsync(login.StepUp, _person.Home);

        await ChangeAsync(Person.Password, NewPassword);

        (await IsActiveAsync(other)).ShouldBeFalse();
        (await IsActiveAsync(_person.Session)).ShouldBeTrue();
        (await NoticesAsync()).ShouldContain(MessageTemplate.PasswordChanged);
    }

    [Fact]
    public async Task A_wrong_current_password_changes_nothing_and_is_noted()
    {
        var refusal = await Refusals.OfAsync(() => ChangeAsync("walrus teapot orbit 92", NewPassword));

        refusal.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        refusal.Reason().ShouldBe(ErrorReasons.InvalidCredentials);
        (await _person.LoginFromAsync(_person.Home)).ShouldNotBeNull();
        var events = (await _service.Audit.ListEventsAsync(new ListEventsRequest { AccountId = _person.AccountId }, _service.AsAdmin)).Events;
        events.ShouldContain(entry => entry.Type == EventType.AccessDenied && entry.Reason == ErrorReasons.InvalidCredentials);
    }

    [Fact]
    public async Task Wrong_current_passwords_in_a_row_have_to_wait()
    {
        for (var attempt = 0; attempt < 5; attempt++)
            await Refusals.OfAsync(() => ChangeAsync($"walrus teapot orbit {attempt}", NewPassword));

        var refusal = await Refusals.OfAsync(() => ChangeAsync(Person.Password, NewPassword));

        refusal.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        refusal.Reason().ShouldBe(ErrorReasons.RateLimited);
    }

    [Fact]
    public async Task What_strangers_try_does_not_keep_the_owner_from_changing_it()
    {
        for (var attempt = 0; attempt < 7; attempt++)
            await Refusals.OfAsync(() => _person.LoginFromAsync("203.0.113.7", password: $"walrus teapot orbit {attempt}"));

        await ChangeAsync(Person.Password, NewPassword);

        (await IsActiveAsync(_person.Session)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("walrus 91")]
    [InlineData("passwordpassword")]
    [InlineData("")]
    public async Task A_new_password_that_the_policy_refuses_is_named_and_costs_no_try(string weak)
    {
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var refusal = await Refusals.OfAsync(() => ChangeAsync("not even the current one", weak));
            refusal.Fields().Distinct().ShouldBe(["new_password"]);
        }

        await ChangeAsync(Person.Password, NewPassword);
    }

    [Fact]
    public async Task It_needs_a_fresh_factor()
    {
        _service.Clock.Advance(TimeSpan.FromMinutes(4));
        var refreshed = await _service.Sessions.RefreshSessionAsync(
            new RefreshSessionRequest { RefreshToken = _person.Session.RefreshToken }, TestService.From(_person.Home));
        _service.Clock.Advance(TimeSpan.FromMinutes(2));

        var refusal = await Refusals.OfAsync(_service.Accounts.ChangePasswordAsync(
            new ChangePasswordRequest { CurrentPassword = Person.Password, NewPassword = NewPassword },
            TestService.From(_person.Home, TestService.Bearer(refreshed.Session.AccessToken))));

        refusal.Reason().ShouldBe(ErrorReasons.FreshFactorRequired);
    }

    [Fact]
    public async Task Sent_again_it_is_answered_as_the_first_was()
    {
        var request = new ChangePasswordRequest { RequestId = "once", CurrentPassword = Person.Password, NewPassword = NewPassword };
        await _service.Accounts.ChangePasswordAsync(request, _person.AsSelf);

        var again = await _service.Accounts.ChangePasswordAsync(request, _person.AsSelf);

        again.ShouldBe(new ChangePasswordResponse());
    }

    private async Task ChangeAsync(string current, string chosen) => await _service.Accounts.ChangePasswordAsync(
        new ChangePasswordRequest { CurrentPassword = current, NewPassword = chosen }, _person.AsSelf);

    private async Task<bool> IsActiveAsync(Session session) =>
        (await _service.Sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = session.AccessToken }, _service.AsService)).Active;

    private async Task<IEnumerable<MessageTemplate>> NoticesAsync()
    {
        var templates = new List<MessageTemplate>();
        while (!templates.Contains(MessageTemplate.PasswordChanged))
            templates.Add((await _service.Messages.NextToAsync(_person.Email)).Template);
        return templates;
    }
}
