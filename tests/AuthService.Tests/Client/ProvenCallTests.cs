using AuthService.Client.Keys;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.V1;
using Google.Rpc;

namespace AuthService.Tests.Client;

public sealed class ProvenCallTests : IDisposable
{
    private const string DeviceId = "dev_de_1";
    private readonly SoftwareDeviceKey _key = SoftwareDeviceKey.Generate();

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_call_of_a_bound_session_is_proven_over_the_very_bytes_that_are_sent()
    {
        await using var service = await FakeService.StartAsync();
        service.On("UpdateAccount", _ => new UpdateAccountResponse());
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session(deviceId: DeviceId)), _key);

        await new AccountService.AccountServiceClient(client.Calls).UpdateAccountAsync(new UpdateAccountRequest { RequestId = "r", Account = new Account { GivenName = "Ada" } });

        var call = service.Calls("UpdateAccount").ShouldHaveSingleItem();
        var proof = call.Proofs.ShouldHaveSingleItem();
        (proof.DeviceId, call.Token, call.Compression).ShouldBe((DeviceId, "access-1", (byte)0));
        proof.Signature.IsBy(_key.PublicKey, call.PayloadOf(proof)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_call_of_a_session_that_is_not_bound_carries_its_token_only()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GetAccount", _ => new GetAccountResponse());
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session()), _key);

        await new AccountService.AccountServiceClient(client.Calls).GetAccountAsync(new GetAccountRequest());

        var call = service.Calls("GetAccount").ShouldHaveSingleItem();
        call.Token.ShouldBe("access-1");
        call.Proofs.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_two_calls_carry_the_same_jti()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GetAccount", _ => new GetAccountResponse());
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session(deviceId: DeviceId)), _key);
        var accounts = new AccountService.AccountServiceClient(client.Calls);

        for (var call = 0; call < 20; call++)
            await accounts.GetAccountAsync(new GetAccountRequest());

        service.Calls("GetAccount").Select(call => call.Proofs[0].Freshness).Distinct().Count().ShouldBe(20);
    }

    [Fact]
    public async Task A_timed_proof_that_is_refused_is_made_again_with_a_challenge_for_the_same_request()
    {
        await using var service = await FakeService.StartAsync();
        service.On("CreateChallenge", _ => Given.Challenge(7));
        service.On("RevokeSession", call => call.Proofs[0].Freshness is ProofFreshness.ByTime
            ? throw Given.Refusal(Code.Unauthenticated, ErrorReasons.InvalidProof)
            : new RevokeSessionResponse());
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session(deviceId: DeviceId)), _key);

        await new SessionService.SessionServiceClient(client.Calls).RevokeSessionAsync(new RevokeSessionRequest { SessionId = "ses_de_2" });

        service.Calls("CreateChallenge").Single().Parse(CreateChallengeRequest.Parser).Purpose.ShouldBe(ChallengePurpose.Call);
        var calls = service.Calls("RevokeSession");
        calls.Count.ShouldBe(2);
        calls[1].Message.ShouldBe(calls[0].Message);
        calls[1].Proofs[0].Freshness.ShouldBe(new ProofFreshness.ByChallenge(new byte[] { 7, 7 }));
        calls[1].Proofs[0].Signature.IsBy(_key.PublicKey, calls[1].PayloadOf(calls[1].Proofs[0])).ShouldBeTrue();
    }

    [Fact]
    public async Task A_proof_that_is_refused_with_a_challenge_too_is_not_tried_a_third_time()
    {
        await using var service = await FakeService.StartAsync();
        service.On("CreateChallenge", _ => Given.Challenge(7));
        service.On("GetAccount", _ => throw Given.Refusal(Code.Unauthenticated, ErrorReasons.InvalidProof));
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session(deviceId: DeviceId)), _key);

        var refusal = await Given.RefusedAsync(
            async () => await new AccountService.AccountServiceClient(client.Calls).GetAccountAsync(new GetAccountRequest()));

        refusal.Reason.ShouldBe(ErrorReasons.InvalidProof);
        service.Calls("GetAccount").Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_fresh_call_answers_a_challenge_at_once()
    {
        await using var service = await FakeService.StartAsync();
        service.On("CreateChallenge", _ => Given.Challenge(9));
        service.On("UnbindDevice", _ => new UnbindDeviceResponse());
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session(deviceId: DeviceId)), _key);

        await new DeviceService.DeviceServiceClient(client.FreshCalls).UnbindDeviceAsync(new UnbindDeviceRequest { DeviceId = "dev_de_2" });

        var call = service.Calls("UnbindDevice").ShouldHaveSingleItem();
        call.Proofs.Single().Freshness.ShouldBe(new ProofFreshness.ByChallenge(new byte[] { 9, 9 }));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_runs_ends_as_cancelled()
    {
        await using var service = await FakeService.StartAsync();
        using var cancel = new CancellationTokenSource();
        service.Answers["GetAccount"] = async _ =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancel.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            return new GetAccountResponse();
        };
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session()), _key);

        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await new AccountService.AccountServiceClient(client.Calls).GetAccountAsync(new GetAccountRequest(), cancellationToken: cancel.Token));
    }
}
