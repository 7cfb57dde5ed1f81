using System.CommandLine;
using System.Net;
using AuthService.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthService.LoadTest.Baselines;

/// <summary>
/// The bare server that is measured beside the service: ASP.NET Core's gRPC with nothing added, which parses the same request and answers
/// with the same message. Started by the load test itself.
/// </summary>
internal static class EchoCommand
{
    private static readonly Option<DirectoryInfo> Answers = new Option<DirectoryInfo>("--answers")
    {
        Description = "A folder with an answer of each RPC.", Required = true,
    }.AcceptExistingOnly();

    public static Command Create()
    {
        var command = new Command("echo", "The bare server that the service is compared with. Runs until it is ended.") { Answers };
        command.Hidden = true;
        command.SetAction((arguments, end) => RunAsync(CannedAnswers.Read(arguments.GetRequiredValue(Answers).FullName), end));
        return command;
    }

    private static async Task<int> RunAsync(CannedAnswers answers, CancellationToken end)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(answers);
        await using var app = builder.Build();
        app.MapGrpcService<EchoService>();
        await app.StartAsync(end);
        Console.WriteLine($"ready grpc={app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}");
        await app.WaitForShutdownAsync(end);
        return 0;
    }
}
