using System.CommandLine;
using System.Net;
using AuthService.LoadTest.Commands;
using AuthService.V1;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthService.LoadTest.ColdStart;

/// <summary>What starting and being there costs anybody who serves gRPC: the same calls are answered, and nothing is done for it.</summary>
internal static class BareCommand
{
    public const string Name = "bare";

    private static readonly Option<int> Port = CommandOptions.Number("--port", "Of 127.0.0.1", 5080, 1, 65_535);

    public static Command Create()
    {
        var command = new Command(Name, "A server that answers without doing anything: the baseline of cold-start.") { Port };
        command.Hidden = true;
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await RunAsync(arguments.GetValue(Port), cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task RunAsync(int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        await using var app = builder.Build();
        app.MapGrpcService<BareHealth>();
        app.MapGrpcService<BareSessions>();
        app.MapGrpcService<BareLogins>();
        await app.StartAsync(cancellationToken);
        Console.WriteLine(FormattableString.Invariant($"ready grpc=http://127.0.0.1:{port}"));
        await ((IHost)app).WaitForShutdownAsync(cancellationToken);
    }

    private sealed class BareHealth : Health.HealthBase
    {
        public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
            Task.FromResult(new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.Serving });
    }

    private sealed class BareSessions : SessionService.SessionServiceBase
    {
        public override Task<ValidateSessionResponse> ValidateSession(ValidateSessionRequest request, ServerCallContext context) =>
            Task.FromResult(new ValidateSessionResponse { Active = true });
    }

    private sealed class BareLogins : LoginService.LoginServiceBase
    {
        public override Task<LoginResponse> Login(LoginRequest request, ServerCallContext context) =>
            Task.FromResult(new LoginResponse { Session = new Session() });
    }
}
