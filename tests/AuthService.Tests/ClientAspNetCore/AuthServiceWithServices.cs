using AuthService.Tests.Sessions;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Tests.ClientAspNetCore;

/// <summary>An AuthService for each test: what one ends, the others' feeds would hear.</summary>
public abstract class AuthServiceWithServices : IAsyncLifetime
{
    protected TestService Auth { get; private set; } = null!;

    public async Task InitializeAsync() => Auth = await TestService.StartAsync();

    public async Task DisposeAsync() => await Auth.DisposeAsync();

    protected async Task<Session> SignInAsync(params FactorKind[] factors) => await (await Owner.CreateAsync(Auth)).SignInAsync(factors);

    protected async Task RevokeAsync(Session session) => await Auth.Sessions.RevokeSessionAsync(
        new RevokeSessionRequest { SessionId = session.SessionId }, TestService.Bearer(session.AccessToken));
}
