using System.Diagnostics;
using System.Globalization;
using AuthService.RateLimiting;
using AuthService.Security.Passwords;
using AuthService.Storage;
using AuthService.Tests.Shared;
using AuthService.Tests.Stores;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Hosting;

/// <summary>A call whose deadline has passed stops its work, whatever it waits for, and leaves nothing half-written.</summary>
public sealed class DeadlineTests : IAsyncLifetime
{
    private readonly StoreGate _store = new("Accounts", "ServiceCredentials");
    private readonly CommitGate _commits = new();
    private RedisServer _redis = null!;
    private TestService _service = null!;
    private Person _person = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _service = await TestService.StartAsync(
            new Dictionary<string, string?>
            {
                ["Redis:Configuration"] = _redis.Configuration,
                ["Redis:Patience"] = "00:00:10",
                ["Passwords:Hashing:Threads"] = "1",
            },
            services =>
            {
                TestStore.Intercept(services, _store);
                TestStore.Intercept(services, _commits);
            });
        await TestRedis.FoundByAsync(_service);
        _person = await Person.SignUpAsync(_service);
    }

    public async Task DisposeAsync()
    {
        _store.Open();
        _commits.Open();
        await _redis.DisposeAsync();
        await _service.DisposeAsync();
        _store.Dispose();
    }

    [Fact]
    public async Task Waiting_for_the_database_it_stops_writes_nothing_and_lets_others_write()
    {
        // One look before the transaction; the next, in it, waits.
        _store.Close(passing: 1);
        var late = await Refusals.OfAsync(_service.Accounts.UpdateAccountAsync(Rename("Late"), _person.AsSelf, deadline: Soon()));
        await _store.GaveUpAsync();
        _store.Open();

        var after = await _service.Accounts.GetAccountAsync(new GetAccountRequest(), _person.AsSelf);
        var next = await _service.Accounts.UpdateAccountAsync(Rename("Next"), _person.AsSelf);

        late.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        after.Account.GivenName.ShouldNotBe("Late");
        next.Account.GivenName.ShouldBe("Next");
        (await UpdatesAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Waiting_in_the_line_for_hashing_its_place_is_free_again_and_it_was_no_try()
    {
        var gate = _service.Services.GetRequiredService<HashingGate>();
        using var release = new ManualResetEventSlim();
        var busy = gate.RunAsync(
            () =>
            {
                release.Wait();
                return true;
            },
            CancellationToken.None);

        var late = await Refusals.OfAsync(_service.Logins.LoginAsync(_person.Login(), TestService.From(_person.Home), deadline: Soon()));
        await UntilAsync(() => gate.Waiting == 0);
        await UntilAsync(() => Sut.CallersKnown == 0);
        var tries = await _service.Services.GetRequiredService<Database>().ReadAsync(rows => rows.Attempts.CountAsync(), CancellationToken.None);
        release.Set();
        await busy;

        late.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        tries.ShouldBe(0);
        (await _person.LoginFromAsync(_person.Home)).OutcomeCase.ShouldNotBe(LoginResponse.OutcomeOneofCase.None);
    }

    [Fact]
    public async Task Waiting_for_a_Redis_that_hangs_it_stops_before_the_services_own_patience_is_over()
    {
        await _redis.SignalAsync("STOP");
        var started = Stopwatch.GetTimestamp();

        var late = await Refusals.OfAsync(_service.Logins.LoginAsync(_person.Login(), TestService.From(_person.Home), deadline: Soon()));
        await UntilAsync(() => Sut.CallersKnown == 0);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await _redis.SignalAsync("CONT");

        late.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task What_was_committed_when_it_passed_is_acknowledged_when_the_request_comes_again()
    {
        var request = Rename("Once");
        request.RequestId = "once";
        _commits.Close();

        var late = await Refusals.OfAsync(_service.Accounts.UpdateAccountAsync(request, _person.AsSelf, deadline: Soon()));
        _commits.Open();
        var again = await _service.Accounts.UpdateAccountAsync(request, _person.AsSelf);

        late.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        again.Account.GivenName.ShouldBe("Once");
        (await UpdatesAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_that_does_not_hang_up_is_told_although_it_was_not_admitted_yet()
    {
        _store.Close();
        var answering = GuessAsync("5S");
        await _store.ArrivedAsync();

        // Once its deadline is watched, the time may pass.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tries = 0; tries < 1_000 && !answering.IsCompleted; tries++, await timer.WaitForNextTickAsync())
            _service.Clock.Advance(TimeSpan.FromSeconds(5));

        answering.IsCompleted.ShouldBeTrue();
        (await answering).ShouldBe(((int)StatusCode.DeadlineExceeded).ToString(CultureInfo.InvariantCulture));
        await _store.GaveUpAsync();
    }

    private CallsInFlight Sut => _service.Services.GetRequiredService<CallsInFlight>();

    private static UpdateAccountRequest Rename(string name) =>
        new() { Account = new Account { GivenName = name }, UpdateMask = new FieldMask { Paths = { "given_name" } } };

    private static DateTime Soon() => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1);

    private static async Task UntilAsync(Func<bool> so)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tries = 0; tries < 1_500 && !so(); tries++)
            await timer.WaitForNextTickAsync();
        so().ShouldBeTrue();
    }

    /// <summary>A call with a service's credential that nobody knows, by a client that knows nothing of deadlines but the header.</summary>
    private async Task<string> GuessAsync(string timeout)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_service.Address}/authservice.v1.AdminService/GetRiskPolicy")
        {
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { { "content-type", "application/grpc" } } },
            Headers =
            {
                { "te", "trailers" },
                { "grpc-timeout", timeout },
                { "authorization", $"Bearer as_service_{new string('A', 43)}" },
            },
        };
        using var answer = await client.SendAsync(request, CancellationToken.None);
        return answer.Headers.GetValues("grpc-status").Single();
    }

    private async Task<int> UpdatesAsync() => (await _service.Audit.ListEventsAsync(
        new ListEventsRequest { AccountId = _person.AccountId, Types_ = { EventType.AccountUpdated } }, _service.AsAdmin)).Events.Count;
}
