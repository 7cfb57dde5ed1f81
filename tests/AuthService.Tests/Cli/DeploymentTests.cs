using AuthService.Hosting;
using AuthService.Tests.Environments.Addresses;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AuthService.Tests.Cli;

/// <summary>docs/operations.md, "Production, from nothing", and what the doctor says on the way.</summary>
public sealed class DeploymentTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("authservice-deployment-");

    private string Data => Path.Combine(_folder.FullName, "data");

    private string[] Settings =>
    [
        $"Storage:DataPath={Data}",
        $"Keys:KeyringPath={Path.Combine(_folder.FullName, "keyring.json")}",
        "Deployment:Issuer=https://auth.example.org",
        "Messaging:Smtp:Host=smtp.example.org",
        "Messaging:Smtp:From=no-reply@example.org",
        "Serving:GrpcPort=0",
        "Serving:WebPort=0",
        "Serving:DrainSeconds=0",
    ];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Production_comes_up_from_nothing()
    {
        var keys = await RunAsync("keys", "create");
        var schema = await RunAsync("database", "migrate");
        var credential = await RunAsync("services", "create", "operator", "--scope", "admin", "--offline", "--json");
        await using var app = await StartAsync();

        var found = await AuthCtlRun.OfAsync(
            "accounts", "show", "nobody@example.org",
            "--address", AddressOf(app),
            "--token", credential.Json["token"]!.GetValue<string>());

        (keys.ExitCode, schema.ExitCode, credential.ExitCode).ShouldBe((0, 0, 0));
        found.Error.ShouldStartWith("NOT_FOUND: ");
        await app.StopAsync();
    }

    [Fact]
    public async Task Reflection_is_for_Development_only()
    {
        await RunAsync("keys", "create");
        await RunAsync("database", "migrate");
        await using var app = await StartAsync();
        using var channel = GrpcChannel.ForAddress(AddressOf(app));
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();

        var refusal = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));

        refusal.StatusCode.ShouldBe(StatusCode.Unimplemented);
        await app.StopAsync();
    }

    [Fact]
    public async Task Without_its_schema_nothing_is_served()
    {
        await RunAsync("keys", "create");

        var fault = await Should.ThrowAsync<Exception>(StartAsync);

        fault.Message.ShouldContain("authctl database migrate");
    }

    [Fact]
    public async Task A_keyring_is_never_replaced()
    {
        await RunAsync("keys", "create");
        var path = Path.Combine(_folder.FullName, "keyring.json");
        var before = await File.ReadAllBytesAsync(path);

        var again = await RunAsync("keys", "create");

        again.ExitCode.ShouldBe(1);
        (await File.ReadAllBytesAsync(path)).ShouldBe(before);
    }

    [Fact]
    public async Task The_doctor_tells_what_is_missing_and_what_to_do()
    {
        var empty = await RunAsync("doctor", "--json");
        await RunAsync("keys", "create");
        await RunAsync("database", "migrate");
        var complete = await RunAsync("doctor", "--json");

        empty.ExitCode.ShouldBe(1);
        Remedy(empty, "data folder").ShouldContain("authctl database migrate");
        complete.ExitCode.ShouldBe(0);
        complete.Json.AsArray().ShouldAllBe(finding => finding!["state"]!.GetValue<string>() != "WRONG");
    }

    [Fact]
    public async Task The_doctor_sees_secrets_that_lie_open()
    {
        if (OperatingSystem.IsWindows())
            return;
        await RunAsync("keys", "create");
        await RunAsync("database", "migrate");
        var token = Path.Combine(Data, "bootstrap", "admin.token");
        Directory.CreateDirectory(Path.GetDirectoryName(token)!);
        await File.WriteAllTextAsync(token, "as_service_x");
        File.SetUnixFileMode(token, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var run = await RunAsync("doctor", "--json");

        run.ExitCode.ShouldBe(1);
        Remedy(run, "permissions").ShouldContain("chmod 600");
    }

    [Fact]
    public async Task The_doctor_tells_which_address_source_is_old()
    {
        await RunAsync("keys", "create");
        await RunAsync("database", "migrate");
        var path = Path.Combine(_folder.FullName, "country.mmdb");
        new MmdbWriter { BuiltAt = new DateTimeOffset(2020, 2, 29, 0, 0, 0, TimeSpan.Zero) }.Add("198.51.100.0/24", ("country_code", "DE")).WriteTo(path);

        var run = await RunAsync("doctor", "--json", "--set", $"AddressSources:MmdbFiles:0={path}");

        run.Output.ShouldContain("country.mmdb is of 2020-02-29");
        Remedy(run, "address sources").ShouldContain("No restart is needed.");
    }

    [Fact]
    public async Task The_doctor_tells_every_wrong_setting()
    {
        var run = await AuthCtlRun.OfAsync(
            "doctor", "--json", "--environment", "Production", "--set", "Serving:Address=0.0.0.0", "--set", "Deployment:Region=Germany");

        var told = run.Json.AsArray().Select(finding => finding!["what"]!.GetValue<string>()).ToList();
        told.ShouldContain(what => what.StartsWith("Serving: plaintext off loopback", StringComparison.Ordinal));
        told.ShouldContain(what => what.Contains("Deployment:Region", StringComparison.Ordinal));
        told.ShouldContain(what => what.StartsWith("Keys:KeyringPath", StringComparison.Ordinal));
    }

    private static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private static string Remedy(AuthCtlRun run, string of) =>
        run.Json.AsArray().First(finding => finding!["of"]!.GetValue<string>() == of)!["remedy"]!.GetValue<string>();

    private Task<AuthCtlRun> RunAsync(params string[] command) =>
        AuthCtlRun.OfAsync([.. command, "--environment", "Production", .. Settings.SelectMany(setting => new[] { "--set", setting })]);

    private async Task<WebApplication> StartAsync()
    {
        var app = AuthServiceApplication.Build(
            ["--environment", "Production", .. Settings.Select(setting => $"--{setting}")], builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return app;
    }
}
