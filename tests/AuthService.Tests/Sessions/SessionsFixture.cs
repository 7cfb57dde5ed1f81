using AuthService.V1;

namespace AuthService.Tests.Sessions;

/// <summary>One service for the tests of a class; each has an owner of its own.</summary>
public sealed class SessionsFixture : IAsyncLifetime
{
    public TestService Service { get; private set; } = null!;

    public async Task InitializeAsync() => Service = await TestService.StartAsync();

    public async Task DisposeAsync() => await Service.DisposeAsync();

    internal async Task<ValidateSessionResponse> ValidateAsync(string accessToken, string requiredAal = "", params string[] scopes) =>
        await Service.Sessions.ValidateSessionAsync(
            new ValidateSessionRequest { AccessToken = accessToken, RequiredAal = requiredAal, RequiredScopes = { scopes } }, Service.AsService);

    internal async Task<Session> RefreshAsync(string refreshToken) =>
        (await Service.Sessions.RefreshSessionAsync(new RefreshSessionRequest { RefreshToken = refreshToken })).Session;

    /// <summary>The reason that a refresh is refused for.</summary>
    internal async Task<string> RefusalOfAsync(string refreshToken) =>
        (await Refusals.OfAsync(() => RefreshAsync(refreshToken))).Reason();

    internal async Task RevokeAsync(Session session) =>
        await Service.Sessions.RevokeSessionAsync(
            new RevokeSessionRequest { SessionId = session.SessionId }, TestService.Bearer(session.AccessToken));
}
