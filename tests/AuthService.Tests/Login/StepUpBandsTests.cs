using AuthService.Protocol;
using AuthService.Storage;
using AuthService.Tests.Risk;
using AuthService.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Login;

public sealed class StepUpBandsTests : IAsyncLifetime
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
    public async Task A_strong_factor_that_is_there_is_asked_for_and_a_mailed_code_does_not_do()
    {
        await EnrollRecoveryCodesAsync();
        await StrongFromAsync(score: 0);

        var stepUp = (await _person.LoginFromAsync(Abroad, Surroundings.Abroad())).StepUp;
        var refusal = await Refusals.OfAsync(_service.Logins.SendStepUpCodeAsync(
            new SendStepUpCodeRequest { StepUpId = stepUp.StepUpId }, TestService.From(Abroad)));

        stepUp.AllowedFactors.ShouldBe([FactorKind.RecoveryCode]);
        stepUp.MissingFactors.ShouldBeEmpty();
        refusal.Fields().ShouldBe(["factor"]);
    }

    [Fact]
    public async Task A_score_below_the_band_takes_any_factor()
    {
        await EnrollRecoveryCodesAsync();
        await StrongFromAsync(score: 900_000);

        var stepUp = (await _person.LoginFromAsync(Abroad, Surroundings.Abroad())).StepUp;

        stepUp.AllowedFactors.ShouldBe([FactorKind.EmailCode, FactorKind.RecoveryCode]);
    }

    [Fact]
    public async Task Who_has_nothing_stronger_is_not_locked_out_and_told_what_is_missing()
    {
        await StrongFromAsync(score: 0);

        var stepUp = (await _person.LoginFromAsync(Abroad, Surroundings.Abroad())).StepUp;
        var session = await _person.CompleteAsync(stepUp, Abroad);

        stepUp.AllowedFactors.ShouldBe([FactorKind.EmailCode]);
        stepUp.MissingFactors.ShouldBe([FactorKind.Totp, FactorKind.RecoveryCode, FactorKind.DeviceKey]);
        session.AccessToken.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_strict_policy_takes_nothing_weaker_and_says_so()
    {
        await StrongFromAsync(score: 0, weakerIfNone: false);

        var stepUp = (await _person.LoginFromAsync(Abroad, Surroundings.Abroad())).StepUp;

        stepUp.AllowedFactors.ShouldBeEmpty();
        stepUp.MissingFactors.ShouldContain(FactorKind.Totp);
        stepUp.AvailableAt.ShouldBeNull();
    }

    [Fact]
    public async Task Where_a_relay_shows_only_the_key_completes_the_step_up()
    {
        using var phone = await TestDevice.BindAsync(_service, _person.Session);
        var stepUp = await RelayedAsync(phone);

        var send = new SendStepUpCodeRequest { StepUpId = stepUp.StepUpId };
        var proof = phone.Proof(LoginService.Descriptor, "SendStepUpCode", send) with { Token = null };
        var code = await Refusals.OfAsync(_service.Logins.SendStepUpCodeAsync(send, TestService.From(Abroad, await proof.ToMetadataAsync())));
        var completed = await CompleteByKeyAsync(stepUp, phone);

        stepUp.AllowedFactors.ShouldBe([FactorKind.DeviceKey]);
        code.Fields().ShouldBe(["factor"]);
        completed.Session.DeviceId.ShouldBe(phone.Device.DeviceId);
    }

    [Fact]
    public async Task A_challenge_that_is_held_for_long_leaves_the_choice_as_it_was_and_its_key_does_not_complete_its_own_step_up()
    {
        using var phone = await TestDevice.BindAsync(_service, _person.Session);
        await SignInByKeyAsync(phone, held: TimeSpan.FromMilliseconds(50));
        await _service.ChangePolicyAsync(new RiskPolicy { AllowBelow = -900_000 });

        var stepUp = (await SignInByKeyAsync(phone, held: TimeSpan.FromSeconds(6))).StepUp;

        stepUp.AllowedFactors.ShouldBe([FactorKind.EmailCode]);
    }

    [Fact]
    public async Task A_relayed_key_on_probation_does_not_make_the_choice_the_keys()
    {
        using var phone = await TestDevice.BindAsync(_service, _person.Session);
        var unbound = await _person.CompleteAsync((await _person.LoginFromAsync(Abroad, Surroundings.Abroad())).StepUp, Abroad);
        using var waiting = await TestDevice.BindAsync(_service, unbound);

        var stepUp = await RelayedAsync(waiting);

        stepUp.AllowedFactors.ShouldBe([FactorKind.EmailCode]);
    }

    [Fact]
    public async Task A_relayed_proof_completes_nothing()
    {
        using var phone = await TestDevice.BindAsync(_service, _person.Session);
        var stepUp = await RelayedAsync(phone);

        var refusal = await Refusals.OfAsync(() => CompleteByKeyAsync(stepUp, phone, challengeFrom: _person.Home));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidCode);
    }

    [Fact]
    public async Task A_key_that_was_not_shown_at_the_login_completes_its_step_up_and_raises_the_session()
    {
        using var phone = await TestDevice.BindAsync(_service, _person.Session);

        var stepUp = (await _person.LoginFromAsync(Abroad, Surroundings.Abroad())).StepUp;
        var completed = await CompleteByKeyAsync(stepUp, phone);

        stepUp.AllowedFactors.ShouldBe([FactorKind.EmailCode, FactorKind.DeviceKey]);
        (completed.Session.Aal, completed.Session.DeviceId).ShouldBe((AssuranceLevels.Aal2, phone.Device.DeviceId));
    }

    [Fact]
    public async Task Naming_a_device_is_not_proving_it()
    {
        using var phone = await TestDevice.BindAsync(_service, _person.Session);
        var stepUp = (await _person.LoginFromAsync(Abroad, Surroundings.Abroad())).StepUp;
        var request = ByKey(stepUp, phone);

        var refusal = await Refusals.OfAsync(_service.Logins.CompleteStepUpAsync(request, TestService.From(Abroad)));

        refusal.Reason().ShouldBe(ErrorReasons.ProofRequired);
    }

    [Fact]
    public async Task Somebody_elses_key_completes_nothing_not_even_as_a_repeat()
    {
        using var phone = await TestDevice.BindAsync(_service, _person.Session);
        var stranger = await Person.SignUpAsync(_service);
        using var strange = await TestDevice.BindAsync(_service, stranger.Session);
        var stepUp = (await _person.LoginFromAsync(Abroad, Surroundings.Abroad())).StepUp;

        var named = await Refusals.OfAsync(() => CompleteByKeyAsync(stepUp, strange));
        await CompleteByKeyAsync(stepUp, phone, requestId: "once");
        var repeated = await Refusals.OfAsync(() => CompleteByKeyAsync(stepUp, strange, requestId: "once", named: phone));

        named.Reason().ShouldBe(ErrorReasons.InvalidCode);
        repeated.Reason().ShouldBe(ErrorReasons.StepUpExpired);
    }

    [Fact]
    public async Task A_step_up_never_enrols_a_factor_by_itself()
    {
        using var phone = await TestDevice.BindAsync(_service, _person.Session);
        await EnrollRecoveryCodesAsync(phone);
        var before = await FactorsAsync();

        await _person.CompleteAsync((await _person.LoginFromAsync(Abroad, Surroundings.Abroad())).StepUp, Abroad, rememberDevice: true);
        await CompleteByKeyAsync((await _person.LoginFromAsync(Abroad, Surroundings.Abroad(), deviceToken: "")).StepUp, phone);

        (await FactorsAsync()).ShouldBe(before);
    }

    /// <summary>Everything steps up, and from a score on a mailed code is not enough.</summary>
    private Task StrongFromAsync(int score, bool weakerIfNone = true) => _service.ChangePolicyAsync(new RiskPolicy
    {
        AllowBelow = -900_000,
        StepUp = new StepUpRules
        {
            WeakerIfNone = weakerIfNone,
            Bands =
            {
                new StepUpBand { FromScore = -1_000_000, Factors = { FactorKind.EmailCode, FactorKind.RecoveryCode, FactorKind.Totp } },
                new StepUpBand { FromScore = score, Factors = { FactorKind.Totp, FactorKind.RecoveryCode, FactorKind.DeviceKey } },
            },
        },
    });

    /// <summary>A login whose challenge was issued at home and came back from abroad.</summary>
    private async Task<StepUp> RelayedAsync(TestDevice phone)
    {
        await _service.ChangePolicyAsync(new RiskPolicy { AllowBelow = -900_000 });
        var request = _person.Login();
        var proof = phone.Proof(LoginService.Descriptor, "Login", request) with
        {
            Token = null, Challenge = await phone.ChallengeAsync(ChallengePurpose.Login, from: _person.Home),
        };
        return (await _service.Logins.LoginAsync(request, TestService.From(Abroad, await proof.ToMetadataAsync()))).StepUp;
    }

    /// <summary>From home, with a password and a proof whose challenge took its time.</summary>
    private async Task<LoginResponse> SignInByKeyAsync(TestDevice phone, TimeSpan held)
    {
        var request = _person.Login();
        var challenge = await phone.ChallengeAsync(ChallengePurpose.Login, _person.Home);
        _service.Clock.Advance(held);
        var proof = phone.Proof(LoginService.Descriptor, "Login", request) with { Token = null, Challenge = challenge };
        return await _service.Logins.LoginAsync(request, TestService.From(_person.Home, await proof.ToMetadataAsync()));
    }

    private static CompleteStepUpRequest ByKey(StepUp stepUp, TestDevice named, string requestId = "") => new()
    {
        StepUpId = stepUp.StepUpId, RequestId = requestId, Device = new DeviceCredential { DeviceId = named.Device.DeviceId },
    };

    private async Task<CompleteStepUpResponse> CompleteByKeyAsync(
        StepUp stepUp, TestDevice signer, string challengeFrom = Abroad, string requestId = "", TestDevice? named = null)
    {
        var request = ByKey(stepUp, named ?? signer, requestId);
        var proof = signer.Proof(LoginService.Descriptor, "CompleteStepUp", request) with
        {
            Token = null, Challenge = await signer.ChallengeAsync(from: challengeFrom),
        };
        return await _service.Logins.CompleteStepUpAsync(request, TestService.From(Abroad, await proof.ToMetadataAsync()));
    }

    private Task EnrollRecoveryCodesAsync() => EnrollRecoveryCodesAsync((_, _) => Task.FromResult(_person.AsSelf));

    private Task EnrollRecoveryCodesAsync(TestDevice phone) => EnrollRecoveryCodesAsync(async (rpc, request) =>
        TestService.From(_person.Home, await phone.Proof(LoginService.Descriptor, rpc, request).ToMetadataAsync()));

    private async Task EnrollRecoveryCodesAsync(Func<string, Google.Protobuf.IMessage, Task<Metadata>> asSelf)
    {
        var enroll = new EnrollFactorRequest { Kind = FactorKind.RecoveryCode };
        var enrolled = await _service.Logins.EnrollFactorAsync(enroll, await asSelf("EnrollFactor", enroll));
        var confirm = new ConfirmFactorRequest { FactorId = enrolled.Factor.FactorId, Code = enrolled.RecoveryCodes[0] };
        await _service.Logins.ConfirmFactorAsync(confirm, await asSelf("ConfirmFactor", confirm));
    }

    /// <summary>Keys and factors, with what makes them count.</summary>
    private Task<List<string>> FactorsAsync() => _service.Services.GetRequiredService<Database>().ReadAsync(
        async rows =>
        {
            var factors = await rows.Factors.OrderBy(row => row.Id).Select(row => $"{row.Id} {row.Kind} {row.ConfirmedAt}").ToListAsync();
            var devices = await rows.Devices.OrderBy(row => row.Id).Select(row => $"{row.Id} {row.TrustedFrom}").ToListAsync();
            return factors.Concat(devices).ToList();
        },
        CancellationToken.None);
}
