using AuthService.Protocol;
using AuthService.RateLimiting;
using AuthService.Tests.Stores;
using AuthService.V1;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Hosting;

/// <summary>How many calls of whom may be under way at once.</summary>
public sealed class CallsInFlightTests : IAsyncLifetime
{
    private readonly StoreGate _store = new("Devices", "Contacts", "ServiceCredentials");
    private readonly CancellationTokenSource _end = new();
    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync(
        new Dictionary<string, string?>
        {
            ["Concurrency:Calls"] = "10",
            ["Concurrency:Streams"] = "3",
            ["Concurrency:CallsOfAccount"] = "2",
            ["Concurrency:CallsOfNetwork"] = "3",
            ["Concurrency:CallsOfService"] = "4",
            ["Concurrency:StreamsOfService"] = "2",
        },
        services => TestStore.Intercept(services, _store));

    public async Task DisposeAsync()
    {
        _store.Open();
        await _end.CancelAsync();
        await _service.DisposeAsync();
        _store.Dispose();
        _end.Dispose();
    }

    [Fact]
    public async Task An_account_has_no_more_calls_under_way_than_its_share_and_others_have_theirs()
    {
        var (person, other) = (await Person.SignUpAsync(_service), await Person.SignUpAsync(_service));
        _store.Close();
        var waiting = new[] { await BeginAsync(person), await BeginAsync(person) };

        var refusal = await RefusedAsync(_service.Devices.ListDevicesAsync(new ListDevicesRequest(), person.AsSelf));
        var others = await BeginAsync(other);
        _store.Open();
        await Task.WhenAll([.. waiting, others]);

        ShouldName(refusal, "CallsOfAccount", TimeSpan.FromSeconds(1));
        await _service.Devices.ListDevicesAsync(new ListDevicesRequest(), person.AsSelf);
    }

    [Fact]
    public async Task Callers_whom_nobody_knows_are_counted_by_their_network()
    {
        _store.Close();
        var waiting = new List<Task>();
        for (var call = 0; call < 3; call++)
            waiting.Add(await BeginLoginAsync("203.0.113.7"));

        var refusal = await RefusedAsync(_service.Logins.CreateChallengeAsync(new CreateChallengeRequest(), TestService.From("203.0.113.7")));
        waiting.Add(await BeginLoginAsync("203.0.113.8"));
        _store.Open();
        await Task.WhenAll(waiting);

        ShouldName(refusal, "CallsOfNetwork", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_token_that_has_to_be_looked_up_is_its_networks_until_it_is_known()
    {
        _store.Close();
        var waiting = new List<Task>();
        for (var call = 0; call < 3; call++)
        {
            waiting.Add(Refusals.OfAsync(_service.Admin.GetRiskPolicyAsync(new GetRiskPolicyRequest(), Guess(call))));
            await _store.ArrivedAsync();
        }

        var refusal = await RefusedAsync(_service.Admin.GetRiskPolicyAsync(new GetRiskPolicyRequest(), Guess(9)));
        _store.Open();
        await Task.WhenAll(waiting);

        ShouldName(refusal, "CallsOfNetwork", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Streams_are_counted_apart_from_calls_and_a_closed_one_makes_room()
    {
        using var first = await WatchAsync();
        using (var second = await WatchAsync())
        {
            var refusal = await Refusals.OfAsync(async () => await WatchAsync());
            ShouldName(refusal, "StreamsOfService", TimeSpan.FromSeconds(10));
            await _service.Sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = "x" }, _service.AsService);
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var third = await WatchAsync();
                break;
            }
            catch (RpcException refusal) when (refusal.StatusCode == StatusCode.ResourceExhausted && tries < 1_000)
            {
                await timer.WaitForNextTickAsync();
            }
        }
    }

    [Fact]
    public async Task All_calls_together_are_bounded_and_so_are_the_callers_that_are_known()
    {
        _store.Close();
        var waiting = new List<Task>();
        for (var call = 0; call < 10; call++)
            waiting.Add(await BeginLoginAsync($"203.0.113.{call}"));

        var refusal = await RefusedAsync(_service.Logins.CreateChallengeAsync(new CreateChallengeRequest(), TestService.From("203.0.113.99")));
        var known = Sut.CallersKnown;
        _store.Open();
        await Task.WhenAll(waiting);

        (refusal.StatusCode, refusal.Reason()).ShouldBe((StatusCode.ResourceExhausted, ErrorReasons.Overloaded));
        refusal.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan().ShouldBe(TimeSpan.FromSeconds(1));
        known.ShouldBe(10);
        await UntilAsync(() => Sut.CallersKnown == 0);
    }

    private CallsInFlight Sut => _service.Services.GetRequiredService<CallsInFlight>();

    private static void ShouldName(RpcException refusal, string limit, TimeSpan retryAfter)
    {
        (refusal.StatusCode, refusal.Reason()).ShouldBe((StatusCode.ResourceExhausted, ErrorReasons.RateLimited));
        refusal.GetRpcStatus()!.GetDetail<QuotaFailure>()!.Violations.ShouldHaveSingleItem().Subject.ShouldBe(limit);
        refusal.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan().ShouldBe(retryAfter);
    }

    /// <summary>At once: one that waited for the store was let in.</summary>
    private static Task<RpcException> RefusedAsync<T>(AsyncUnaryCall<T> call) => Refusals.OfAsync(call).WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>A gone call's place is free once the server has noticed.</summary>
    private static async Task UntilAsync(Func<bool> so)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tries = 0; tries < 1_000 && !so(); tries++)
            await timer.WaitForNextTickAsync();
        so().ShouldBeTrue();
    }

    private async Task<Task> BeginAsync(Person person)
    {
        var call = _service.Devices.ListDevicesAsync(new ListDevicesRequest(), person.AsSelf).ResponseAsync;
        await _store.ArrivedAsync();
        return call;
    }

    private async Task<Task> BeginLoginAsync(string from)
    {
        var call = Refusals.OfAsync(_service.Logins.LoginAsync(
            new LoginRequest { Identifier = "nobody@example.org", Password = "wrong teapot orbit 91" }, TestService.From(from)));
        await _store.ArrivedAsync();
        return call;
    }

    private async Task<AsyncServerStreamingCall<WatchSessionsResponse>> WatchAsync()
    {
        var watch = _service.Sessions.WatchSessions(new WatchSessionsRequest(), _service.AsService, cancellationToken: _end.Token);
        (await watch.ResponseStream.MoveNext(_end.Token)).ShouldBeTrue();
        return watch;
    }

    /// <summary>In the form of a service's credential, and none.</summary>
    private static Metadata Guess(int number) => TestService.From(
        "203.0.113.7", TestService.Bearer($"as_service_{Convert.ToBase64String([.. Enumerable.Repeat((byte)number, 32)]).TrimEnd('=').Replace('+', '-').Replace('/', '_')}"));
}
