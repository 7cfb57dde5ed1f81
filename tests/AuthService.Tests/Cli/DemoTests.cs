using AuthService.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AuthService.Tests.Cli;

public sealed class DemoTests
{
    /// <summary>On the service as Development starts it: true time, mail to a file.</summary>
    [Fact]
    public async Task The_demo_ends_as_it_should()
    {
        var data = Directory.CreateTempSubdirectory("authservice-demo-");
        await using var app = AuthServiceApplication.Build(
            ["--environment", "Development", $"--Storage:DataPath={data.FullName}", "--Serving:GrpcPort=0", "--Serving:WebPort=0"],
            builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

        var run = await AuthCtlRun.OfAsync(
            "demo", "--json",
            "--address", address,
            "--outbox", Path.Combine(data.FullName, "outbox", "messages.jsonl"),
            "--token-file", Path.Combine(data.FullName, "bootstrap", "admin.token"),
            "--service-token-file", Path.Combine(data.FullName, "bootstrap", "service.token"));
        await app.StopAsync();
        data.Delete(recursive: true);

        run.Error.ShouldBeEmpty();
        run.Json.AsArray().ShouldAllBe(scene => scene!["as_expected"]!.GetValue<bool>());
        run.Json.AsArray().Count.ShouldBe(14);
    }
}
