using AuthService.Protocol;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace AuthService.Tests.Login;

public sealed class StepUpTests : IAsyncLifetime
{
    private const string Abroad = "203.0.113.7";

    private TestService _service = null!;
    private Person _person = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.StartAsync();
        _person = await Person.SignUpAsync(_service);
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_code_is_worth_nothing_from_another_network()
    {
        var stepUp = await BeginAsync();
        var code = await SendAsync(stepUp);

        var refusal = await Refusals.OfAsync(CompleteAsync(stepUp, code, from: "192.0.2.99"));
        var completed = await CompleteAsync(stepUp, code);

        refusal.Reason().ShouldBe(ErrorReasons.StepUpExpired);
        completed.Session.ShouldNotBeNull("the owner, where he asked, is not disturbed");
    }

    [Fact]
    public async Task After_five_wrong_codes_the_right_one_comes_too_late()
    {
        var stepUp = await BeginAsync();
        var code = await SendAsync(stepUp);
        var wrong = code == "000000" ? "000001" : "000000";
        for (var number = 0; number < 5; number++)
            (await Refusals.OfAsync(CompleteAsync(stepUp, wrong))).Reason().ShouldBe(ErrorReasons.InvalidCode);

        var refusal = await Refusals.OfAsync(CompleteAsync(stepUp, code));

        refusal.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        refusal.Reason().ShouldBe(ErrorReasons.StepUpExpired);
    }

    [Fact]
    public async Task A_code_lives_ten_minutes()
    {
        var stepUp = await BeginAsync();
        var code = await SendAsync(stepUp);
        _service.Clock.Advance(TimeSpan.FromMinutes(10));

        var refusal = await Refusals.OfAsync(CompleteAsync(stepUp, code));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidCode);
    }

    [Fact]
    public async Task A_code_completes_once_and_the_same_request_again_replaces_the_session()
    {
        var stepUp = await BeginAsync();
        var code = await SendAsync(stepUp);

        var first = await CompleteAsync(stepUp, code, requestId: "complete-1");
        var again = await CompleteAsync(stepUp, code, requestId: "complete-1");
        var other = await Refusals.OfAsync(CompleteAsync(stepUp, code, requestId: "complete-2"));

        (await IsActiveAsync(first.Session)).ShouldBeFalse();
        (await IsActiveAsync(again.Session)).ShouldBeTrue();
        other.Reason().ShouldBe(ErrorReasons.StepUpExpired);
    }

    [Fact]
    public async Task The_same_request_again_voids_the_device_token_of_the_run_before_and_no_other()
    {
        var other = (await Person.SignUpAsync(_service, rememberDevice: true)).Session.DeviceToken;
        var stepUp = await BeginAsync();
        var code = await SendAsync(stepUp);
        var tokens = new List<string>();

        for (var run = 0; run < 3; run++)
        {
            _service.Clock.Advance(TimeSpan.FromSeconds(1));
            tokens.Add((await CompleteAsync(stepUp, code, requestId: "complete-1", rememberDevice: true)).Session.DeviceToken);
        }

        (await Task.WhenAll(tokens.Append(other).Select(IsGoodAsync))).ShouldBe([false, false, true, true]);

        Task<bool> IsGoodAsync(string token) => _service.Services.GetRequiredService<Database>().ReadAsync(
            rows =>
            {
                SecretTokens.TryHash("as_device", token, out var hash).ShouldBeTrue();
                return rows.DeviceTokens.AnyAsync(row => row.CurrentHash == hash);
            },
            CancellationToken.None);
    }

    [Fact]
    public async Task Surroundings_are_learned_only_when_the_step_up_is_passed()
    {
        await BeginAsync();
        var before = await VerdictAbroadAsync();
        var stepUp = await BeginAsync();
        await CompleteAsync(stepUp, await SendAsync(stepUp));
        var after = await VerdictAbroadAsync();

        before.Evidence.Single(line => line.Characteristic == "device.hardware").Code.ShouldBe(EvidenceCode.Unseen);
        after.Evidence.Single(line => line.Characteristic == "device.hardware").Code.ShouldBe(EvidenceCode.Seen);
        after.ScoreMillibits.ShouldBeLessThan(before.ScoreMillibits);
    }

    [Fact]
    public async Task TOTP_completes_a_step_up_once_a_code_and_raises_the_session()
    {
        var authenticator = await EnrollTotpAsync();
        _service.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = authenticator.ComputeTotp(_service.Clock.GetUtcNow().UtcDateTime);

        var first = await BeginAsync();
        var session = (await _service.Logins.CompleteStepUpAsync(
            new CompleteStepUpRequest { StepUpId = first.StepUpId, Totp = code }, TestService.From(Abroad))).Session;
        var second = (await _person.LoginFromAsync("192.0.2.44", Surroundings.Abroad())).StepUp;
        var reused = await Refusals.OfAsync(_service.Logins.CompleteStepUpAsync(
            new CompleteStepUpRequest { StepUpId = second.StepUpId, Totp = code }, TestService.From("192.0.2.44")));

        first.AllowedFactors.ShouldBe([FactorKind.EmailCode, FactorKind.Totp]);
        session.Aal.ShouldBe(AssuranceLevels.Aal2);
        reused.Reason().ShouldBe(ErrorReasons.InvalidCode);
    }

    [Fact]
    public async Task A_recovery_code_completes_one_step_up_and_is_then_gone()
    {
        var enrolled = await _service.Logins.EnrollFactorAsync(new EnrollFactorRequest { Kind = FactorKind.RecoveryCode }, _person.AsSelf);
        await _service.Logins.ConfirmFactorAsync(
            new ConfirmFactorRequest { FactorId = enrolled.Factor.FactorId, Code = enrolled.RecoveryCodes[0] }, _person.AsSelf);
        var code = enrolled.RecoveryCodes[3].ToUpperInvariant();

        var first = await BeginAsync();
        await _service.Logins.CompleteStepUpAsync(new CompleteStepUpRequest { StepUpId = first.StepUpId, RecoveryCode = code }, TestService.From(Abroad));
        var second = (await _person.LoginFromAsync("192.0.2.44", Surroundings.Abroad())).StepUp;
        var reused = await Refusals.OfAsync(_service.Logins.CompleteStepUpAsync(
            new CompleteStepUpRequest { StepUpId = second.StepUpId, RecoveryCode = code }, TestService.From("192.0.2.44")));
        var listed = await _service.Logins.ListFactorsAsync(new ListFactorsRequest(), _person.AsSelf);

        enrolled.RecoveryCodes.Count.ShouldBe(10);
        reused.Reason().ShouldBe(ErrorReasons.InvalidCode);
        listed.Factors.ShouldHaveSingleItem().Remaining.ShouldBe(9);
    }

    [Fact]
    public async Task What_needs_a_fresh_factor_is_refused_after_five_minutes_until_one_is_shown()
    {
        _service.Clock.Advance(TimeSpan.FromMinutes(4));
        var session = (await _service.Sessions.RefreshSessionAsync(
            new RefreshSessionRequest { RefreshToken = _person.Session.RefreshToken }, TestService.From(_person.Home))).Session;
        _service.Clock.Advance(TimeSpan.FromMinutes(2));
        var asSelf = TestService.From(_person.Home, TestService.Bearer(session.AccessToken));

        var stale = await Refusals.OfAsync(_service.Logins.EnrollFactorAsync(new EnrollFactorRequest { Kind = FactorKind.Totp }, asSelf));
        var stepUp = (await _service.Logins.StartStepUpAsync(new StartStepUpRequest(), asSelf)).StepUp;
        var renewed = await _person.CompleteAsync(stepUp, _person.Home);
        var enrolled = await _service.Logins.EnrollFactorAsync(
            new EnrollFactorRequest { Kind = FactorKind.Totp }, TestService.From(_person.Home, TestService.Bearer(renewed.AccessToken)));

        stale.Reason().ShouldBe(ErrorReasons.FreshFactorRequired);
        renewed.SessionId.ShouldBe(session.SessionId);
        enrolled.TotpUri.ShouldStartWith("otpauth://totp/");
    }

    [Fact]
    public async Task Removing_a_factor_ends_the_sessions_that_it_helped_to_open()
    {
        var authenticator = await EnrollTotpAsync();
        _service.Clock.Advance(TimeSpan.FromMinutes(1));
        var stepUp = await BeginAsync();
        var opened = (await _service.Logins.CompleteStepUpAsync(
            new CompleteStepUpRequest { StepUpId = stepUp.StepUpId, Totp = authenticator.ComputeTotp(_service.Clock.GetUtcNow().UtcDateTime) },
            TestService.From(Abroad))).Session;
        var factor = (await _service.Logins.ListFactorsAsync(new ListFactorsRequest(), _person.AsSelf)).Factors.Single();

        await _service.Logins.RemoveFactorAsync(new RemoveFactorRequest { FactorId = factor.FactorId }, _person.AsSelf);

        (await IsActiveAsync(opened)).ShouldBeFalse();
        (await IsActiveAsync(_person.Session)).ShouldBeTrue();
    }

    private async Task<StepUp> BeginAsync() => (await _person.LoginFromAsync(Abroad, Surroundings.Abroad())).StepUp;

    private async Task<string> SendAsync(StepUp stepUp)
    {
        await _service.Logins.SendStepUpCodeAsync(new SendStepUpCodeRequest { StepUpId = stepUp.StepUpId }, TestService.From(Abroad));
        return await _person.CodeAsync();
    }

    private AsyncUnaryCall<CompleteStepUpResponse> CompleteAsync(
        StepUp stepUp, string code, string from = Abroad, string requestId = "", bool rememberDevice = false) =>
        _service.Logins.CompleteStepUpAsync(
            new CompleteStepUpRequest { StepUpId = stepUp.StepUpId, Code = code, RequestId = requestId, RememberDevice = rememberDevice },
            TestService.From(from));

    private async Task<Totp> EnrollTotpAsync()
    {
        var enrolled = await _service.Logins.EnrollFactorAsync(new EnrollFactorRequest { Kind = FactorKind.Totp, Name = "Phone" }, _person.AsSelf);
        var secret = System.Web.HttpUtility.ParseQueryString(new Uri(enrolled.TotpUri).Query)["secret"];
        var authenticator = new Totp(Base32Encoding.ToBytes(secret));
        await _service.Logins.ConfirmFactorAsync(
            new ConfirmFactorRequest
            {
                FactorId = enrolled.Factor.FactorId,
                Code = authenticator.ComputeTotp(_service.Clock.GetUtcNow().UtcDateTime),
            },
            _person.AsSelf);
        return authenticator;
    }

    private async Task<RiskVerdict> VerdictAbroadAsync() => (await _service.Ecv.VerifyEcvAsync(
        new VerifyEcvRequest { AccountId = _person.AccountId, Environment = Surroundings.Abroad(), PeerAddress = Abroad }, _service.AsService)).Verdict;

    private async Task<bool> IsActiveAsync(Session session) =>
        (await _service.Sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = session.AccessToken }, _service.AsService)).Active;
}
