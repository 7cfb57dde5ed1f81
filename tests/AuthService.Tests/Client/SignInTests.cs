using AuthService.Client;
using AuthService.Client.Keys;
using AuthService.Client.Sessions;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace AuthService.Tests.Client;

public sealed class SignInTests
{
    [Fact]
    public async Task The_device_token_of_one_sign_in_goes_with_the_next()
    {
        await using var service = await FakeService.StartAsync();
        service.On("Login", _ => new LoginResponse { Session = Given.Session(deviceToken: "token-of-device") });
        using var client = Given.Client(service.Address, new MemorySessionStore());

        await client.SignInAsync("ada@example.org", "a password", environment: null);
        await client.SignInAsync("ada@example.org", "a password", environment: null);

        service.Calls("Login").Select(call => call.Parse(LoginRequest.Parser).DeviceToken).ShouldBe(["", "token-of-device"]);
    }

    [Fact]
    public async Task A_step_up_is_handed_to_the_app_and_its_completion_signs_in()
    {
        await using var service = await FakeService.StartAsync();
        service.On("Login", _ => new LoginResponse { StepUp = new StepUp { StepUpId = "step", AllowedFactors = { FactorKind.EmailCode } } });
        service.On("SendStepUpCode", _ => new SendStepUpCodeResponse());
        service.On("CompleteStepUp", _ => new CompleteStepUpResponse { Session = Given.Session() });
        using var client = Given.Client(service.Address, new MemorySessionStore());

        var outcome = await client.SignInAsync("ada@example.org", "a password", new EnvironmentSignals());
        var stepUp = outcome.ShouldBeOfType<SignInOutcome.StepUpNeeded>().StepUp;
        (await client.GetSessionAsync()).ShouldBeNull();
        await client.SendStepUpCodeAsync(stepUp.StepUpId);
        await client.CompleteStepUpAsync(new CompleteStepUpRequest { StepUpId = stepUp.StepUpId, Code = "123456" });

        (await client.GetSessionAsync())!.AccessToken.ShouldBe("access-1");
    }

    [Fact]
    public async Task A_sign_in_with_the_bound_key_answers_a_challenge_for_logins()
    {
        await using var service = await FakeService.StartAsync();
        service.On("CreateChallenge", _ => Given.Challenge(3));
        service.On("Login", _ => new LoginResponse { Session = Given.Session(deviceId: "dev_de_1") });
        using var key = SoftwareDeviceKey.Generate();
        var store = await Given.StoreAsync(Given.Session(deviceId: "dev_de_1"));
        using var client = Given.Client(service.Address, store, key);

        await client.SignInWithDeviceAsync("ada@example.org", environment: null);

        service.Calls("CreateChallenge").Single().Parse(CreateChallengeRequest.Parser).Purpose.ShouldBe(ChallengePurpose.Login);
        var call = service.Calls("Login").ShouldHaveSingleItem();
        call.Parse(LoginRequest.Parser).Device.DeviceId.ShouldBe("dev_de_1");
        call.Token.ShouldBeNull();
        call.Proofs.Single().Signature.IsBy(key.PublicKey, call.PayloadOf(call.Proofs[0])).ShouldBeTrue();
    }

    [Fact]
    public async Task A_first_key_is_bound_by_its_own_proof_and_proves_the_calls_after()
    {
        await using var service = await BindingServiceAsync();
        using var key = SoftwareDeviceKey.Generate();
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session()));

        await client.BindDeviceAsync(key, "phone", "phone");
        await new AccountService.AccountServiceClient(client.Calls).GetAccountAsync(new GetAccountRequest());

        var bind = service.Calls("BindDevice").ShouldHaveSingleItem();
        bind.Proofs.ShouldHaveSingleItem().IsByNewKey.ShouldBeTrue();
        bind.Proofs[0].Signature.IsBy(key.PublicKey, bind.PayloadOf(bind.Proofs[0])).ShouldBeTrue();
        var call = service.Calls("GetAccount").ShouldHaveSingleItem();
        (call.Token, call.Proofs[0].DeviceId).ShouldBe(("access-2", "dev_de_2"));
        call.Proofs[0].Signature.IsBy(key.PublicKey, call.PayloadOf(call.Proofs[0])).ShouldBeTrue();
    }

    [Fact]
    public async Task A_further_key_is_countersigned_by_the_old_one_over_the_same_challenge()
    {
        await using var service = await BindingServiceAsync();
        using var oldKey = SoftwareDeviceKey.Generate();
        using var newKey = SoftwareDeviceKey.Generate();
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session(deviceId: "dev_de_1")), oldKey);

        await client.BindDeviceAsync(newKey, "phone", "phone");

        var call = service.Calls("BindDevice").ShouldHaveSingleItem();
        call.Proofs.Select(proof => proof.DeviceId).ShouldBe(["", "dev_de_1"]);
        call.Proofs[0].Signature.IsBy(newKey.PublicKey, call.PayloadOf(call.Proofs[0])).ShouldBeTrue();
        call.Proofs[1].Signature.IsBy(oldKey.PublicKey, call.PayloadOf(call.Proofs[1])).ShouldBeTrue();
        call.Proofs[1].Freshness.ShouldBe(call.Proofs[0].Freshness);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_there_and_here_and_keeps_the_device_token()
    {
        await using var service = await FakeService.StartAsync();
        service.On("RevokeSession", _ => new RevokeSessionResponse());
        var store = await Given.StoreAsync(Given.Session(deviceToken: "token-of-device"));
        using var client = Given.Client(service.Address, store);

        await client.SignOutAsync();

        service.Calls("RevokeSession").Single().Parse(RevokeSessionRequest.Parser).SessionId.ShouldBe("ses_de_1");
        var kept = await store.LoadAsync(CancellationToken.None);
        (kept.Session, kept.DeviceToken).ShouldBe((null, "token-of-device"));
    }

    [Fact]
    public async Task A_refusal_tells_its_reason_its_fields_and_when_to_come_back()
    {
        await using var service = await FakeService.StartAsync();
        service.On("Login", _ => throw Given.Refusal(
            Code.ResourceExhausted,
            ErrorReasons.RateLimited,
            new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "identifier", Description = "an e-mail address" } } },
            new QuotaFailure { Violations = { new QuotaFailure.Types.Violation { Subject = "network" } } },
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1.5)) }));
        using var client = Given.Client(service.Address, new MemorySessionStore());

        var refusal = await Given.RefusedAsync(() => client.SignInAsync("ada", "a password", environment: null));

        (refusal.Reason, refusal.RetryAfter).ShouldBe((ErrorReasons.RateLimited, TimeSpan.FromSeconds(1.5)));
        refusal.FieldViolations.ShouldBe([new FieldViolation("identifier", "an e-mail address")]);
        refusal.Limits.ShouldBe(["network"]);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_gives_no_reason()
    {
        var service = await FakeService.StartAsync();
        await service.DisposeAsync();
        using var client = Given.Client(service.Address, new MemorySessionStore());

        var refusal = await Given.RefusedAsync(() => client.SignInAsync("ada", "a password", environment: null));

        (refusal.Reason, refusal.StatusCode).ShouldBe(("", Grpc.Core.StatusCode.Unavailable));
    }

    private static async Task<FakeService> BindingServiceAsync()
    {
        var service = await FakeService.StartAsync();
        service.On("CreateChallenge", _ => Given.Challenge(5));
        service.On("GetAccount", _ => new GetAccountResponse());
        service.On("BindDevice", _ => new BindDeviceResponse
        {
            Device = new Device { DeviceId = "dev_de_2" },
            Session = Given.Session(2, deviceId: "dev_de_2"),
        });
        return service;
    }
}
