using AuthService.Client;
using AuthService.Client.Keys;
using AuthService.Client.Sessions;
using AuthService.Protocol;
using AuthService.V1;
using Google.Rpc;

namespace AuthService.Tests.Client;

public sealed class SessionKeepingTests
{
    private static readonly DateTimeOffset Soon = Given.Now.AddSeconds(20);

    [Fact]
    public async Task A_hundred_calls_at_once_share_one_refresh()
    {
        await using var service = await StartAsync();
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session(expiresAt: Soon)));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => GetAccountAsync(client)));

        service.Calls("RefreshSession").Count.ShouldBe(1);
        service.Calls("GetAccount").ShouldAllBe(call => call.Token == "access-2");
    }

    [Fact]
    public async Task A_session_is_renewed_when_its_access_token_is_about_to_end_and_not_before()
    {
        await using var service = await StartAsync();
        var clock = Given.Clock();
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session()), clock: clock);

        await GetAccountAsync(client);
        clock.Advance(TimeSpan.FromSeconds(269));
        await GetAccountAsync(client);
        clock.Advance(TimeSpan.FromSeconds(1));
        await GetAccountAsync(client);

        service.Calls("GetAccount").Select(call => call.Token).ShouldBe(["access-1", "access-1", "access-2"]);
    }

    [Fact]
    public async Task The_refresh_of_a_bound_session_is_proven_and_carries_no_access_token()
    {
        await using var service = await StartAsync();
        using var key = SoftwareDeviceKey.Generate();
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session(deviceId: "dev_de_1")), key);

        await client.RefreshAsync();

        var call = service.Calls("RefreshSession").ShouldHaveSingleItem();
        call.Token.ShouldBeNull();
        call.Proofs.Single().Signature.IsBy(key.PublicKey, call.PayloadOf(call.Proofs[0])).ShouldBeTrue();
    }

    [Fact]
    public async Task A_successor_that_could_not_be_stored_is_not_used_and_the_same_token_is_shown_again()
    {
        await using var service = await StartAsync();
        var store = new FailingStore(Given.Stored(Given.Session()));
        using var client = Given.Client(service.Address, store);

        await Should.ThrowAsync<IOException>(() => client.RefreshAsync());
        await GetAccountAsync(client);
        store.Fails = false;
        await client.RefreshAsync();

        service.Calls("GetAccount").Single().Token.ShouldBe("access-1");
        service.Calls("RefreshSession").Select(call => call.Parse(RefreshSessionRequest.Parser).RefreshToken).ShouldBe(["refresh-1", "refresh-1"]);
    }

    [Fact]
    public async Task A_token_that_the_service_does_not_take_any_more_is_renewed_once_and_the_call_made_again()
    {
        await using var service = await StartAsync();
        service.On("GetAccount", call => call.Token == "access-2"
            ? new GetAccountResponse()
            : throw Given.Refusal(Code.Unauthenticated, ErrorReasons.CredentialRequired));
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session()));

        await GetAccountAsync(client);

        service.Calls("GetAccount").Select(call => call.Token).ShouldBe(["access-1", "access-2"]);
    }

    [Theory]
    [InlineData(ErrorReasons.SessionReused)]
    [InlineData(ErrorReasons.SessionRevoked)]
    [InlineData(ErrorReasons.SessionExpired)]
    [InlineData(ErrorReasons.SessionUnknown)]
    public async Task A_session_that_is_over_is_forgotten_and_the_device_stays_known(string reason)
    {
        await using var service = await StartAsync();
        service.On("RefreshSession", _ => throw Given.Refusal(Code.Unauthenticated, reason));
        var store = await Given.StoreAsync(Given.Session(deviceToken: "device-token"));
        using var client = Given.Client(service.Address, store);

        (await Given.RefusedAsync(() => client.RefreshAsync())).Reason.ShouldBe(reason);

        var kept = await store.LoadAsync(CancellationToken.None);
        (kept.Session, kept.DeviceToken).ShouldBe((null, "device-token"));
    }

    [Fact]
    public async Task A_session_that_another_process_stored_meanwhile_outlives_the_refusal_of_ours()
    {
        await using var service = await StartAsync();
        var store = await Given.StoreAsync(Given.Session());
        service.Answers["RefreshSession"] = async _ =>
        {
            await store.SaveAsync(Given.Stored(Given.Session(generation: 5)), CancellationToken.None);
            throw Given.Refusal(Code.Unauthenticated, ErrorReasons.SessionExpired);
        };
        using var client = Given.Client(service.Address, store);

        await Given.RefusedAsync(() => client.RefreshAsync());
        await GetAccountAsync(client);

        service.Calls("GetAccount").Single().Token.ShouldBe("access-5");
    }

    [Fact]
    public async Task While_the_service_cannot_refresh_a_token_that_is_still_good_goes_on_being_used()
    {
        await using var service = await StartAsync();
        service.On("RefreshSession", _ => throw Given.Refusal(Code.Unavailable, ErrorReasons.StoreUnavailable));
        var store = await Given.StoreAsync(Given.Session(expiresAt: Soon));
        using var client = Given.Client(service.Address, store);

        await GetAccountAsync(client);

        service.Calls("GetAccount").Single().Token.ShouldBe("access-1");
        (await store.LoadAsync(CancellationToken.None)).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_another_process_renewed_in_the_same_store_is_taken_over()
    {
        await using var service = await StartAsync();
        var store = await Given.StoreAsync(Given.Session());
        using var client = Given.Client(service.Address, store);
        await GetAccountAsync(client);
        await store.SaveAsync(Given.Stored(Given.Session(generation: 5)), CancellationToken.None);

        var session = await client.RefreshAsync();

        session.AccessToken.ShouldBe("access-5");
        service.Calls("RefreshSession").ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_stops_waiting_does_not_stop_the_refresh_for_the_others()
    {
        await using var service = await StartAsync();
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        service.Answers["RefreshSession"] = async _ =>
        {
            asked.SetResult();
            await answer.Task;
            return new RefreshSessionResponse { Session = Given.Session(2) };
        };
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session()));
        using var impatient = new CancellationTokenSource();

        var first = client.RefreshAsync(impatient.Token);
        var second = client.RefreshAsync();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        answer.SetResult();

        (await second).AccessToken.ShouldBe("access-2");
    }

    [Fact]
    public async Task A_refresh_that_hangs_ends_by_its_own_time()
    {
        await using var service = await StartAsync();
        var clock = Given.Clock();
        var ended = new CancellationTokenSource();
        service.Answers["RefreshSession"] = async _ =>
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(Timeout.Infinite, ended.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            return new RefreshSessionResponse();
        };
        using var client = Given.Client(service.Address, await Given.StoreAsync(Given.Session()), clock: clock);

        await Should.ThrowAsync<TimeoutException>(() => client.RefreshAsync());

        await ended.CancelAsync();
    }

    private static async Task<FakeService> StartAsync()
    {
        var service = await FakeService.StartAsync();
        service.On("GetAccount", _ => new GetAccountResponse());
        service.On("RefreshSession", _ => new RefreshSessionResponse { Session = Given.Session(2, expiresAt: Given.Now.AddMinutes(10)) });
        return service;
    }

    private static async Task GetAccountAsync(AuthServiceClient client) =>
        await new AccountService.AccountServiceClient(client.Calls).GetAccountAsync(new GetAccountRequest());

    private sealed class FailingStore(StoredSignIn state) : ISessionStore
    {
        private StoredSignIn _state = state;

        public bool Fails { get; set; } = true;

        public ValueTask<StoredSignIn> LoadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_state);

        public ValueTask SaveAsync(StoredSignIn state, CancellationToken cancellationToken)
        {
            if (Fails)
                throw new IOException("The disk is full.");
            _state = state;
            return ValueTask.CompletedTask;
        }
    }
}
