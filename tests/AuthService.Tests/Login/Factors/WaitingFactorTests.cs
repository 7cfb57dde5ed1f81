using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace AuthService.Tests.Login.Factors;

/// <summary>Security/Trust for second factors: somebody with a stolen session, which is fresh, cannot settle in.</summary>
public sealed class WaitingFactorTests(ShortWaits shared) : IClassFixture<ShortWaits>
{
    private static readonly TimeSpan Wait = ShortWaits.Wait;

    private readonly TestService _service = shared.Service;

    [Fact]
    public async Task The_first_factor_of_an_account_counts_at_once()
    {
        var owner = await SeededAccount.CreateAsync(_service);

        var first = await EnrollAsync(await owner.SignInAsync());

        first.Factor.TrustedFrom.ShouldBe((_service.Clock.GetUtcNow() - TimeSpan.FromMinutes(1)).ToTimestamp());
        (await OfferedAsync(await owner.SignInAsync())).ShouldBe([FactorKind.EmailCode, FactorKind.Totp]);
    }

    [Fact]
    public async Task A_further_one_waits_and_is_no_factor_meanwhile()
    {
        var owner = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await owner.SignInAsync());
        var stolen = await owner.SignInAsync();

        var thiefs = await EnrollAsync(stolen);
        var before = await OfferedAsync(await owner.SignInAsync());
        _service.Clock.Advance(Wait - TimeSpan.FromMinutes(2));
        var soon = await OfferedAsync(await owner.SignInAsync());
        _service.Clock.Advance(TimeSpan.FromMinutes(2));
        var after = await OfferedAsync(await owner.SignInAsync());

        thiefs.Factor.Confirmed.ShouldBeTrue();
        before.ShouldBe([FactorKind.EmailCode, FactorKind.DeviceKey]);
        soon.ShouldBe([FactorKind.EmailCode, FactorKind.DeviceKey]);
        after.ShouldBe([FactorKind.EmailCode, FactorKind.Totp, FactorKind.DeviceKey]);
    }

    [Fact]
    public async Task Its_code_completes_no_step_up_that_offers_another_factor_of_its_kind()
    {
        var owner = await SeededAccount.CreateAsync(_service);
        var own = await EnrollAsync(await owner.SignInAsync());
        var thiefs = await EnrollAsync(await owner.SignInAsync());
        var session = await owner.SignInAsync();
        var stepUp = (await _service.Logins.StartStepUpAsync(new StartStepUpRequest(), SeededAccount.As(session))).StepUp;

        var refusal = await Refusals.OfAsync(CompleteAsync(stepUp, thiefs));
        var completed = await CompleteAsync(stepUp, own);

        refusal.Reason().ShouldBe(ErrorReasons.InvalidCode);
        completed.Session.Aal.ShouldBe(AssuranceLevels.Aal2);
    }

    [Fact]
    public async Task The_owner_is_told_with_a_token_to_report_it()
    {
        var owner = await SeededAccount.CreateAsync(_service);
        await EnrollAsync(await owner.SignInAsync());
        await EnrollAsync(await owner.SignInAsync());

        var notices = new[]
        {
            await _service.Messages.NextToAsync(owner.Email), await _service.Messages.NextToAsync(owner.Email), await _service.Messages.NextToAsync(owner.Email),
        };

        notices.Select(notice => notice.Template)
            .ShouldBe([MessageTemplate.FactorEnrolled, MessageTemplate.FactorEnrolled, MessageTemplate.FactorWaiting], ignoreOrder: true);
        notices.ShouldAllBe(notice => notice.ReportToken != null && notice.Code == null);
    }

    [Fact]
    public async Task A_device_key_that_signs_the_call_vouches_for_it()
    {
        var owner = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await owner.SignInAsync());
        var request = new EnrollFactorRequest { Kind = FactorKind.RecoveryCode };

        var enrolled = await _service.Logins.EnrollFactorAsync(request, await phone.Proof(LoginService.Descriptor, "EnrollFactor", request).ToMetadataAsync());
        var confirm = new ConfirmFactorRequest { FactorId = enrolled.Factor.FactorId, Code = enrolled.RecoveryCodes[0] };
        var confirmed = await _service.Logins.ConfirmFactorAsync(
            confirm, await phone.Proof(LoginService.Descriptor, "ConfirmFactor", confirm).ToMetadataAsync());

        confirmed.Factor.TrustedFrom.ShouldBe(_service.Clock.GetUtcNow().ToTimestamp());
    }

    [Fact]
    public async Task A_second_factor_passed_in_the_session_vouches_for_five_minutes()
    {
        var owner = await SeededAccount.CreateAsync(_service);
        var own = await EnrollAsync(await owner.SignInAsync());
        var session = await StepUpAsync(await owner.SignInAsync(), own);

        var second = await EnrollAsync(session);
        _service.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await StepUpAsync(await owner.SignInAsync(), own);
        _service.Clock.Advance(TimeSpan.FromMinutes(4));
        late = (await _service.Sessions.RefreshSessionAsync(new RefreshSessionRequest { RefreshToken = late.RefreshToken })).Session;
        _service.Clock.Advance(TimeSpan.FromMinutes(2));
        var stale = await Refusals.OfAsync(() => EnrollAsync(late));

        second.Factor.TrustedFrom.ToDateTimeOffset().ShouldBeLessThan(_service.Clock.GetUtcNow());
        stale.Reason().ShouldBe(ErrorReasons.FreshFactorRequired);
    }

    [Fact]
    public async Task An_e_mailed_code_makes_a_session_fresh_and_vouches_for_nothing()
    {
        var owner = await SeededAccount.CreateAsync(_service);
        await EnrollAsync(await owner.SignInAsync());
        var session = await owner.SignInAsync();
        var asSelf = SeededAccount.As(session);
        var stepUp = (await _service.Logins.StartStepUpAsync(new StartStepUpRequest(), asSelf)).StepUp;
        await _service.Logins.SendStepUpCodeAsync(new SendStepUpCodeRequest { StepUpId = stepUp.StepUpId });
        var fresh = (await _service.Logins.CompleteStepUpAsync(
            new CompleteStepUpRequest { StepUpId = stepUp.StepUpId, Code = await CodeToAsync(owner.Email) })).Session;

        var added = await EnrollAsync(fresh);

        added.Factor.TrustedFrom.ToDateTimeOffset().ShouldBeGreaterThan(_service.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Removing_the_owners_factor_is_no_way_round()
    {
        var owner = await SeededAccount.CreateAsync(_service, change: row => row.PasswordStandsAlone = true);
        var own = await EnrollAsync(await owner.SignInAsync());
        var stolen = await owner.SignInAsync();

        await _service.Logins.RemoveFactorAsync(new RemoveFactorRequest { FactorId = own.Factor.FactorId }, SeededAccount.As(stolen));
        var thiefs = await EnrollAsync(stolen);
        using var key = await TestDevice.BindAsync(_service, await owner.SignInAsync());

        thiefs.Factor.TrustedFrom.ToDateTimeOffset().ShouldBeGreaterThan(_service.Clock.GetUtcNow());
        key.Device.TrustedFrom.ToDateTimeOffset().ShouldBeGreaterThan(_service.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Removing_one_that_waits_is_the_owners_veto_and_holds_up_nothing()
    {
        var owner = await SeededAccount.CreateAsync(_service, change: row => row.PasswordStandsAlone = true);
        var own = await EnrollAsync(await owner.SignInAsync());
        var thiefs = await EnrollAsync(await owner.SignInAsync());
        var session = await StepUpAsync(await owner.SignInAsync(), own);

        await _service.Logins.RemoveFactorAsync(new RemoveFactorRequest { FactorId = thiefs.Factor.FactorId }, SeededAccount.As(session));
        _service.Clock.Advance(Wait);
        var listed = await _service.Logins.ListFactorsAsync(new ListFactorsRequest(), SeededAccount.As(await owner.SignInAsync()));

        listed.Factors.ShouldHaveSingleItem().FactorId.ShouldBe(own.Factor.FactorId);
    }

    [Fact]
    public async Task Recovery_codes_that_wait_leave_those_before_in_force_until_they_count()
    {
        var owner = await SeededAccount.CreateAsync(_service);
        var own = await EnrollCodesAsync(await owner.SignInAsync());
        var thiefs = await EnrollCodesAsync(await owner.SignInAsync());

        var refused = await Refusals.OfAsync(() => RecoverWithAsync(owner, thiefs.RecoveryCodes[1]));
        await RecoverWithAsync(owner, own.RecoveryCodes[1]);
        _service.Clock.Advance(Wait);
        var replaced = await Refusals.OfAsync(() => RecoverWithAsync(owner, own.RecoveryCodes[2]));
        await RecoverWithAsync(owner, thiefs.RecoveryCodes[1]);
        var listed = await _service.Logins.ListFactorsAsync(new ListFactorsRequest(), SeededAccount.As(await owner.SignInAsync()));

        refused.Reason().ShouldBe(ErrorReasons.InvalidCode);
        replaced.Reason().ShouldBe(ErrorReasons.InvalidCode);
        listed.Factors.ShouldHaveSingleItem().FactorId.ShouldBe(thiefs.Factor.FactorId);
    }

    private Task<Authenticator> EnrollAsync(Session session) => Authenticator.EnrollAsync(_service, SeededAccount.As(session));

    private async Task<EnrollFactorResponse> EnrollCodesAsync(Session session)
    {
        var enrolled = await _service.Logins.EnrollFactorAsync(new EnrollFactorRequest { Kind = FactorKind.RecoveryCode }, SeededAccount.As(session));
        await _service.Logins.ConfirmFactorAsync(
            new ConfirmFactorRequest { FactorId = enrolled.Factor.FactorId, Code = enrolled.RecoveryCodes[0] }, SeededAccount.As(session));
        return enrolled;
    }

    private async Task<IReadOnlyList<FactorKind>> OfferedAsync(Session session) =>
        (await _service.Logins.StartStepUpAsync(new StartStepUpRequest(), SeededAccount.As(session))).StepUp.AllowedFactors;

    private async Task<Session> StepUpAsync(Session session, Authenticator with)
    {
        var stepUp = (await _service.Logins.StartStepUpAsync(new StartStepUpRequest(), SeededAccount.As(session))).StepUp;
        return (await CompleteAsync(stepUp, with)).Session;
    }

    private AsyncUnaryCall<CompleteStepUpResponse> CompleteAsync(StepUp stepUp, Authenticator with) =>
        _service.Logins.CompleteStepUpAsync(new CompleteStepUpRequest { StepUpId = stepUp.StepUpId, Totp = with.Code });

    private async Task RecoverWithAsync(SeededAccount owner, string code)
    {
        var stepUp = (await _service.Logins.StartStepUpAsync(new StartStepUpRequest(), SeededAccount.As(await owner.SignInAsync()))).StepUp;
        await _service.Logins.CompleteStepUpAsync(new CompleteStepUpRequest { StepUpId = stepUp.StepUpId, RecoveryCode = code });
    }

    private async Task<string> CodeToAsync(string email)
    {
        while (true)
        {
            if ((await _service.Messages.NextToAsync(email)).Code is { } code)
                return code;
        }
    }
}
