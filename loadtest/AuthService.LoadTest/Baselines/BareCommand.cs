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

namespace AuthService.LoadTest.Baselines;

/// <summary>
/// The bare server that is measured beside the service: ASP.NET Core's gRPC with nothing added, which parses the same requests and answers
/// without doing anything; a login, if it is given a file, after the least that one can cost. Started by the load test itself.
/// </summary>
internal static class BareCommand
{
    public const string Name = "bare";

    private static readonly Option<int> Port = CommandOptions.Number("--port", "Of 127.0.0.1", 5080, 1, 65_535);

    private static readonly Option<DirectoryInfo?> Answers = new("--answers") { Description = "A folder with what to answer, byte for byte." };

    private static readonly Option<FileInfo?> Flushed = new("--flush")
    {
        Description = "A file. A login is answered when a password was hashed, and a page written there and flushed to the disk.",
    };

    public static Command Create()
    {
        var command = new Command(Name, "A server that answers without doing anything, which the service is compared with.") { Port, Answers, Flushed };
        command.Hidden = true;
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var answers = arguments.GetValue(Answers) is { } folder ? CannedAnswers.Read(folder.FullName) : CannedAnswers.Yes;
            using var least = arguments.GetValue(Flushed) is { } file ? new LeastLogin(file.FullName) : null;
            await RunAsync(arguments.GetValue(Port), answers, least, cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task RunAsync(int port, CannedAnswers answers, LeastLogin? least, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new BareLogins(answers, least));
        builder.Services.AddSingleton(answers);
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

    private sealed class BareSessions(CannedAnswers answers) : SessionService.SessionServiceBase
    {
        public override Task<ValidateSessionResponse> ValidateSession(ValidateSessionRequest request, ServerCallContext context) =>
            Task.FromResult(answers.Validate);

        public override Task<BatchValidateSessionsResponse> BatchValidateSessions(BatchValidateSessionsRequest request, ServerCallContext context) =>
            Task.FromResult(answers.Batch);

        public override Task<RefreshSessionResponse> RefreshSession(RefreshSessionRequest request, ServerCallContext context) =>
            Task.FromResult(answers.Refresh);
    }

    private sealed class BareLogins(CannedAnswers answers, LeastLogin? least) : LoginService.LoginServiceBase
    {
        public override async Task<LoginResponse> Login(LoginRequest request, ServerCallContext context)
        {
            if (least is not null)
                await least.RunAsync();
            return answers.Login;
        }
    }
}
