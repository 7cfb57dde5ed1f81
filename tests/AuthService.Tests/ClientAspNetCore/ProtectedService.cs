using System.Net.Http.Headers;
using System.Security.Claims;
using AuthService.Client.AspNetCore;
using AuthService.Client.AspNetCore.Changes;
using AuthService.Client.AspNetCore.Tokens;
using AuthService.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AuthService.Tests.ClientAspNetCore;

/// <summary>An ASP.NET Core service that AuthService's sessions protect, over HTTP and gRPC. AuthService is real, and their clock the same.</summary>
internal sealed class ProtectedService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FakeTimeProvider _clock;

    private ProtectedService(WebApplication app, Cable cable, FakeTimeProvider clock) => (_app, Cable, _clock) = (app, cable, clock);

    public Cable Cable { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>How many tokens are remembered.</summary>
    public int TokensKnown => _app.Services.GetRequiredService<KnownTokens>().Count;

    public int Questions => Cable.Calls("ValidateSession");

    private KnownChanges Changes => _app.Services.GetRequiredService<KnownChanges>();

    /// <summary>Starts it, and lets it run until it answers for tokens of sessions that begin from now on.</summary>
    public static async Task<ProtectedService> StartAsync(TestService auth, Action<AuthServiceSessionsOptions>? configure = null)
    {
        var service = await StartJustNowAsync(auth, configure);
        await service.PassAsync(TimeSpan.FromSeconds(12));
        return service;
    }

    /// <summary>Starts it: of what was before it knows nothing.</summary>
    public static async Task<ProtectedService> StartJustNowAsync(TestService auth, Action<AuthServiceSessionsOptions>? configure = null)
    {
        var cable = new Cable();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(auth.Clock);
        builder.Services.AddGrpc();
        builder.Services.AddAuthServiceSessions(options =>
        {
            options.Address = new Uri(auth.Address);
            options.Issuer = "http://127.0.0.1:5081";
            options.CredentialFile = Path.Combine(auth.DataPath, "bootstrap/service.token");
            options.HttpHandler = cable;
            options.Patience = TimeSpan.FromSeconds(10);
            configure?.Invoke(options);
        });
        var app = builder.Build();
        app.MapGet("/open", () => "open");
        app.MapGet("/claims", (ClaimsPrincipal person) => string.Join('\n', person.Claims.Select(claim => $"{claim.Type}={claim.Value}")))
            .RequireAuthorization();
        app.MapGet("/payment", () => "paid").RequireAal("aal2");
        app.MapGet("/account", () => "account").RequireSessionScope("account");
        app.MapGet("/reports", () => "reports").RequireSessionScope("reports.read");
        app.MapGrpcService<ProtectedRpcs>();
        await app.StartAsync();
        return new ProtectedService(app, cable, auth.Clock);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = accessToken is null ? null : new AuthenticationHeaderValue("Bearer", accessToken);
        return await _app.GetTestClient().SendAsync(request);
    }

    /// <summary>The status of a call that any live session may make.</summary>
    public async Task<int> StatusAsync(string accessToken) => (int)(await GetAsync("/claims", accessToken)).StatusCode;

    public SessionService.SessionServiceClient Rpcs() => new(GrpcChannel.ForAddress(
        "http://localhost", new GrpcChannelOptions { HttpHandler = _app.GetTestServer().CreateHandler() }));

    /// <summary>Lets time pass, no faster than the feed keeps up with.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var end = _clock.GetUtcNow() + time;
        while (_clock.GetUtcNow() < end)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            await UntilAsync(() => Changes.FreshUntil >= _clock.GetUtcNow() + TimeSpan.FromSeconds(8), TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>Waits until something is so; time passes meanwhile, but slowly.</summary>
    public async Task UntilAsync(Func<bool> isSo, TimeSpan step)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var looks = 1; !isSo(); looks++)
        {
            looks.ShouldBeLessThan(12_000, "That took a minute.");
            await timer.WaitForNextTickAsync();

            // A timer that was set too late for the last step needs another one.
            if (looks % 100 == 0)
                _clock.Advance(step);
        }
    }

    /// <summary>Waits until a token is refused; no time passes but what the feed needs to hear of it.</summary>
    public async Task<int> RefusalOfAsync(string accessToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var looks = 1; looks < 2_000; looks++)
        {
            if (await StatusAsync(accessToken) is var status and not 200)
                return status;
            await timer.WaitForNextTickAsync();
            if (looks % 100 == 0)
                await PassAsync(TimeSpan.FromMilliseconds(500));
        }

        throw new TimeoutException("It is still let in.");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Cable.Dispose();
    }
}

/// <summary>RPCs of a service that is not AuthService, by the names of some that are at hand.</summary>
[Authorize]
internal sealed class ProtectedRpcs : SessionService.SessionServiceBase
{
    public override Task<ListSessionsResponse> ListSessions(ListSessionsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListSessionsResponse { NextPageToken = context.GetHttpContext().User.AccountIdOfSession() });
}
