using AuthService.LoadTest.Subject;
using AuthService.V1;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace AuthService.LoadTest.ColdStart;

/// <summary>One start of a server: what it took until it answered, and what it holds when nobody asks it anything any more.</summary>
/// <param name="Ready">Milliseconds until it said that it is ready.</param>
/// <param name="FirstAnswer">Until the first answer: that it is healthy.</param>
/// <param name="FirstValidation">Until the answer to a validation, sent after that.</param>
/// <param name="FirstLogin">Until the answer to a login, sent after that.</param>
/// <param name="Resident">MiB in memory when idle, what it shares with files on disk included.</param>
/// <param name="Anonymous">MiB of these that are nobody's file: heaps, stacks, compiled code.</param>
internal sealed record Visit(double Ready, double FirstAnswer, double FirstValidation, double FirstLogin, double Resident, double Anonymous)
{
    /// <param name="server">That is being started.</param>
    /// <param name="deployment">Whose people call.</param>
    /// <param name="number">Who logs in; the one before is validated, whose session the server has never seen.</param>
    /// <param name="idle">How long nobody calls before the memory is read.</param>
    public static async Task<(Visit Visit, Session Session)> MakeAsync(ServerProcess server, Deployment deployment, int number, TimeSpan idle)
    {
        var ready = server.Ready;
        var before = deployment.People[(number + deployment.People.Count - 1) % deployment.People.Count];
        var asService = new Metadata { { "authorization", $"Bearer {deployment.ServiceToken}" } };

        await server.ListensAsync();
        using var channel = GrpcChannel.ForAddress(FormattableString.Invariant($"http://127.0.0.1:{server.Port}"));
        var health = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest());
        var healthy = server.Elapsed;
        var validation = await new SessionService.SessionServiceClient(channel).ValidateSessionAsync(
            new ValidateSessionRequest { AccessToken = before.AccessToken }, asService);
        var validated = server.Elapsed;
        var login = await new LoginService.LoginServiceClient(channel).LoginAsync(
            Population.AtHome(number, deployment.People[number].DeviceToken), Population.From(number));
        var loggedIn = server.Elapsed;

        if (health.Status != HealthCheckResponse.Types.ServingStatus.Serving || !validation.Active || login.Session is null)
            throw new InvalidOperationException($"Healthy: {health.Status}; active: {validation.Active} {validation.Reason}; login: {login.OutcomeCase}.");

        await Task.Delay(idle);
        var visit = new Visit(
            (await ready).TotalMilliseconds, healthy.TotalMilliseconds, validated.TotalMilliseconds, loggedIn.TotalMilliseconds,
            await server.MemoryAsync("VmRSS"), await server.MemoryAsync("RssAnon"));
        return (visit, login.Session);
    }
}
