using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.Storage;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Accounts;

public sealed class ReportCompromiseTests(SharedService shared) : IClassFixture<SharedService>, IAsyncLifetime
{
    private const string Lair = "203.0.113.66", NewPassword = "lantern mosaic 77 gravel";

    private readonly TestService _service = shared.Service;
    private Person _person = null!;

    public async Task InitializeAsync() => _person = await Person.SignUpAsync(_service, rememberDevice: true);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_a_thief_taught_by_one_step_up_is_unlearned_and_his_gate_shuts()
    {
        var untaught = await VerdictAsync(Lair, Surroundings.Abroad());
        var (token, _) = await BreakInAsync();
        await ComeBackAsync();
        await ComeBackAsync();
        var taught = await VerdictAsync(Lair, Surroundings.Abroad());

        var receipt = await ReportAsync(new ReportCompromiseRequest { ReportToken = token });
        var after = await VerdictAsync(Lair, Surroundings.Abroad());

        taught.Gate.ShouldBe(Gate.FamiliarNetwork);
        taught.ScoreMillibits.ShouldBeLessThan(untaught.ScoreMillibits);
        receipt.LoginsDoubted.ShouldBe(3);
        after.Gate.ShouldBe(Gate.Shut);
        after.Evidence.Single(line => line.Characteristic == "device.hardware").Code.ShouldBe(EvidenceCode.Unseen);
        after.Evidence.Single(line => line.Characteristic == "network.origin").Millibits.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_the_owner_taught_before_stays()
    {
        var (token, _) = await BreakInAsync();
        var before = await VerdictAsync(_person.Home, Surroundings.AtHome());

        await ReportAsync(new ReportCompromiseRequest { ReportToken = token });
        var after = await VerdictAsync(_person.Home, Surroundings.AtHome());

        after.Evidence.Where(line => line.Code == EvidenceCode.Seen).Select(line => line.Characteristic)
            .ShouldBe(before.Evidence.Where(line => line.Code == EvidenceCode.Seen).Select(line => line.Characteristic));
        after.Evidence.ShouldContain(line => line.Characteristic == "device.hardware" && line.Code == EvidenceCode.Seen);
    }

    [Fact]
    public async Task Where_the_thief_was_and_what_he_tried_is_not_held_against_the_owner()
    {
        var (copied, silent) = (Surroundings.AtHome(), Surroundings.Abroad());
        copied.Location = Surroundings.Abroad().Location;
        silent.Device = null;
        await GuessAsync(times: 7);
        await _person.LoginFromAsync(_person.Home, Surroundings.Abroad());
        _service.Clock.Advance(TimeSpan.FromMinutes(1)); // what was not completed counts as a failure too, and delays
        var token = (await NoticeAsync(MessageTemplate.StepUpRequired)).ReportToken!;
        await _person.CompleteAsync((await _person.LoginFromAsync(Lair, copied)).StepUp, Lair);
        var before = (await VerdictAsync(_person.Home, Surroundings.AtHome()), await VerdictAsync(_person.Home, silent));

        await ReportAsync(new ReportCompromiseRequest { ReportToken = token });
        var after = (await VerdictAsync(_person.Home, Surroundings.AtHome()), await VerdictAsync(_person.Home, silent));

        Held(before).ShouldBe((true, true, true));
        Held(after).ShouldBe((false, false, false));

        static (bool Failures, bool Travel, bool Doubts) Held((RiskVerdict Owners, RiskVerdict Silent) verdicts) => (
            verdicts.Owners.Evidence.Any(line => line.Code == EvidenceCode.AccountFailures),
            verdicts.Owners.Evidence.Any(line => line.Code == EvidenceCode.Travel),
            verdicts.Silent.Evidence.Any(line => line.Code == EvidenceCode.Remembered));
    }

    [Fact]
    public async Task Whoever_is_in_is_out_and_the_owner_is_told()
    {
        var (token, thiefs) = await BreakInAsync();

        var receipt = await ReportAsync(new ReportCompromiseRequest { ReportToken = token });

        receipt.SessionsEnded.ShouldBe(2);
        receipt.DeviceTokensErased.ShouldBe(1);
        (await IsActiveAsync(thiefs)).ShouldBeFalse();
        (await IsActiveAsync(_person.Session)).ShouldBeFalse();
        (await NoticeAsync(MessageTemplate.CompromiseReported)).ReportToken.ShouldBeNull();
    }

    [Fact]
    public async Task The_password_is_void_until_a_recovery_sets_another()
    {
        var (token, _) = await BreakInAsync();
        await ReportAsync(new ReportCompromiseRequest { ReportToken = token });

        var right = await Refusals.OfAsync(() => _person.LoginFromAsync(_person.Home));
        var wrong = await Refusals.OfAsync(() => _person.LoginFromAsync(_person.Home, password: "not the password of anybody"));
        await RecoverAsync();
        var login = await _person.LoginFromAsync(_person.Home, password: NewPassword);

        right.Reason().ShouldBe(ErrorReasons.InvalidCredentials);
        right.Status.Detail.ShouldBe(wrong.Status.Detail);
        login.StepUp.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_step_up_that_was_under_way_completes_nothing()
    {
        var stepUp = (await _person.LoginFromAsync(Lair, Surroundings.Abroad())).StepUp;
        var token = (await NoticeAsync(MessageTemplate.StepUpRequired)).ReportToken!;
        await _service.Logins.SendStepUpCodeAsync(new SendStepUpCodeRequest { StepUpId = stepUp.StepUpId }, TestService.From(Lair));
        var code = await _person.CodeAsync();
        await ReportAsync(new ReportCompromiseRequest { ReportToken = token });

        var refusal = await Refusals.OfAsync(_service.Logins.CompleteStepUpAsync(
            new CompleteStepUpRequest { StepUpId = stepUp.StepUpId, Code = code }, TestService.From(Lair)));

        refusal.Reason().ShouldBe(ErrorReasons.StepUpExpired);
    }

    [Fact]
    public async Task A_token_is_good_once_and_sent_again_the_report_is_answered_as_before()
    {
        var (token, _) = await BreakInAsync();
        var request = new ReportCompromiseRequest { RequestId = "once", ReportToken = token };

        var first = await ReportAsync(request);
        var again = await ReportAsync(request);
        var other = await Refusals.OfAsync(() => ReportAsync(new ReportCompromiseRequest { RequestId = "other", ReportToken = token }));

        again.ShouldBe(first);
        other.Reason().ShouldBe(ErrorReasons.StepUpExpired);
    }

    [Fact]
    public async Task A_token_that_never_was_and_one_that_has_expired_get_the_same_answer()
    {
        var (token, thiefs) = await BreakInAsync();
        await ExpireTokensAsync();

        var expired = await Refusals.OfAsync(() => ReportAsync(new ReportCompromiseRequest { ReportToken = token }));
        var wrong = await Refusals.OfAsync(() => ReportAsync(new ReportCompromiseRequest { ReportToken = token[..^1] + (token[^1] == 'A' ? 'B' : 'A') }));
        var garbage = await Refusals.OfAsync(() => ReportAsync(new ReportCompromiseRequest { ReportToken = "garbage" }));

        expired.Reason().ShouldBe(ErrorReasons.StepUpExpired);
        (wrong.StatusCode, wrong.Status.Detail, wrong.Reason()).ShouldBe((expired.StatusCode, expired.Status.Detail, expired.Reason()));
        (garbage.StatusCode, garbage.Status.Detail, garbage.Reason()).ShouldBe((expired.StatusCode, expired.Status.Detail, expired.Reason()));
        (await IsActiveAsync(thiefs)).ShouldBeTrue("a report that was refused does nothing");
    }

    [Fact]
    public async Task A_session_may_report_only_with_a_fresh_factor_and_nobody_without_either()
    {
        _service.Clock.Advance(TimeSpan.FromMinutes(4));
        var refreshed = (await _service.Sessions.RefreshSessionAsync(
            new RefreshSessionRequest { RefreshToken = _person.Session.RefreshToken }, TestService.From(_person.Home))).Session;
        _service.Clock.Advance(TimeSpan.FromMinutes(2));
        var request = new ReportCompromiseRequest { Since = (_service.Clock.GetUtcNow() - TimeSpan.FromHours(1)).ToTimestamp() };

        var stale = await Refusals.OfAsync(_service.Accounts.ReportCompromiseAsync(
            request, TestService.From(_person.Home, TestService.Bearer(refreshed.AccessToken))));
        var nobody = await Refusals.OfAsync(() => ReportAsync(request));

        stale.Reason().ShouldBe(ErrorReasons.FreshFactorRequired);
        nobody.Reason().ShouldBe(ErrorReasons.CredentialRequired);
        (await IsActiveAsync(refreshed)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_signed_in_owner_names_the_logins_that_were_not_his()
    {
        await BreakInAsync();
        var events = await _service.Audit.ListEventsAsync(
            new ListEventsRequest { AccountId = _person.AccountId, Types_ = { EventType.StepUpRequired } }, _service.AsAdmin);

        var receipt = await _service.Accounts.ReportCompromiseAsync(
            new ReportCompromiseRequest { VerdictIds = { events.Events.Single().Verdict.VerdictId } }, _person.AsSelf);

        receipt.LoginsDoubted.ShouldBe(1);
        receipt.ProfileEntriesErased.ShouldBeGreaterThan(0);
        var reported = (await _service.Audit.ListEventsAsync(
            new ListEventsRequest { AccountId = _person.AccountId, Types_ = { EventType.CompromiseReported } }, _service.AsAdmin)).Events.ShouldHaveSingleItem();
        reported.Details["by"].ShouldBe("session");
        reported.SessionId.ShouldBe(_person.Session.SessionId);
    }

    [Theory]
    [InlineData(-31, "since")]
    [InlineData(1, "since")]
    public async Task A_time_that_is_too_long_ago_or_to_come_is_named(int days, string field)
    {
        var request = new ReportCompromiseRequest { Since = (_service.Clock.GetUtcNow() + TimeSpan.FromDays(days)).ToTimestamp() };

        var refusal = await Refusals.OfAsync(_service.Accounts.ReportCompromiseAsync(request, _person.AsSelf));

        refusal.Fields().ShouldBe([field]);
    }

    [Fact]
    public async Task Logins_of_others_and_no_logins_at_all_are_named()
    {
        var none = await Refusals.OfAsync(_service.Accounts.ReportCompromiseAsync(new ReportCompromiseRequest(), _person.AsSelf));
        var others = await Refusals.OfAsync(_service.Accounts.ReportCompromiseAsync(
            new ReportCompromiseRequest { VerdictIds = { "vrd_of_somebody_else" } }, _person.AsSelf));

        none.Fields().ShouldBe(["since"]);
        others.Fields().ShouldBe(["verdict_ids"]);
        (await IsActiveAsync(_person.Session)).ShouldBeTrue();
    }

    /// <summary>A thief has the password and talks the owner out of a code.</summary>
    /// <returns>The token of the notice, and the thief's session.</returns>
    private async Task<(string Token, Session Thiefs)> BreakInAsync()
    {
        _service.Clock.Advance(TimeSpan.FromSeconds(1));
        var stepUp = (await _person.LoginFromAsync(Lair, Surroundings.Abroad())).StepUp;
        var token = (await NoticeAsync(MessageTemplate.StepUpRequired)).ReportToken!;
        return (token, await _person.CompleteAsync(stepUp, Lair));
    }

    private async Task GuessAsync(int times)
    {
        for (var tried = 0; tried < times; tried++)
        {
            await Refusals.OfAsync(() => _person.LoginFromAsync(Lair, Surroundings.Abroad(), password: "not the password of anybody"));
            _service.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>As a week would, without its ticks.</summary>
    private async Task ExpireTokensAsync()
    {
        var now = _service.Clock.GetUtcNow();
        await _service.Services.GetRequiredService<Database>().WriteAsync(
            work => work.Rows.ReportTokens.Where(row => row.AccountId == _person.AccountId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, now)),
            default);
    }

    private async Task ComeBackAsync()
    {
        _service.Clock.Advance(TimeSpan.FromDays(1));
        if ((await _person.LoginFromAsync(Lair, Surroundings.Abroad())).StepUp is { } stepUp)
            await _person.CompleteAsync(stepUp, Lair);
    }

    private async Task RecoverAsync()
    {
        var started = await _service.Accounts.StartRecoveryAsync(new StartRecoveryRequest { Identifier = _person.Email }, TestService.From(_person.Home));
        await _service.Accounts.CompleteRecoveryAsync(
            new CompleteRecoveryRequest { RecoveryId = started.RecoveryId, Code = await _person.CodeAsync(), NewPassword = NewPassword },
            TestService.From(_person.Home));
    }

    /// <summary>From a telephone that is signed in nowhere.</summary>
    private async Task<ReportCompromiseResponse> ReportAsync(ReportCompromiseRequest request) =>
        await _service.Accounts.ReportCompromiseAsync(request, TestService.From(_person.Home));

    private async Task<RiskVerdict> VerdictAsync(string from, EnvironmentSignals environment) => (await _service.Ecv.VerifyEcvAsync(
        new VerifyEcvRequest { AccountId = _person.AccountId, Environment = environment, PeerAddress = from }, _service.AsService)).Verdict;

    private async Task<Message> NoticeAsync(MessageTemplate template)
    {
        while (true)
        {
            if (await _service.Messages.NextToAsync(_person.Email) is { } message && message.Template == template)
                return message;
        }
    }

    private async Task<bool> IsActiveAsync(Session session) => (await _service.Sessions.ValidateSessionAsync(
        new ValidateSessionRequest { AccessToken = session.AccessToken }, _service.AsService)).Active;
}
