using AuthService.SystemTests.Harness;
using AuthService.V1;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;

namespace AuthService.SystemTests.Production;

/// <summary>The service as it is run in earnest: TLS, mail over SMTP, keys and schema made by the operator.</summary>
public sealed class ProductionTests : IAsyncLifetime
{
    private MailServer _mail = null!;
    private Deployment _deployment = null!;

    public async Task InitializeAsync()
    {
        _mail = await MailServer.StartAsync();
        _deployment = new Deployment(_mail);
    }

    public async Task DisposeAsync()
    {
        _deployment.Dispose();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task A_deployment_is_prepared_serves_over_TLS_sends_mail_and_stops_when_asked()
    {
        // 1. nothing starts on keys and a schema that nobody has made
        (await Deployment.RunAsync(_deployment.Settings)).ShouldSatisfyAllConditions(
            failed => failed.ExitCode.ShouldNotBe(0),
            failed => failed.Output.ShouldContain("there is no keyring"));
        await AuthctlAsync("keys", "create");
        (await Deployment.RunAsync(_deployment.Settings)).ShouldSatisfyAllConditions(
            failed => failed.ExitCode.ShouldNotBe(0),
            failed => failed.Output.ShouldContain("authctl database migrate"));
        await AuthctlAsync("database", "migrate");
        await using var service = await _deployment.StartAsync();
        service.GrpcAddress.Scheme.ShouldBe(Uri.UriSchemeHttps);

        // 2. somebody signs up, with a code that came by mail
        using var channel = _deployment.Connect(service);
        var accounts = new AccountService.AccountServiceClient(channel);
        var person = Person.Number(1, "customer");
        var created = await accounts.CreateAccountAsync(person.SignUpRequest());
        var verified = await accounts.VerifyContactAsync(new VerifyContactRequest
        {
            RequestId = Person.RequestId(), VerificationId = created.VerificationId, Code = await _mail.CodeAsync(person.Email),
        });
        verified.Account.Email.ShouldBe(person.Email);

        // 3. nothing of Development's conveniences
        using var reflection = new ServerReflection.ServerReflectionClient(channel)
            .ServerReflectionInfo(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(10));
        var refusal = await Should.ThrowAsync<RpcException>(reflection.ResponseStream.MoveNext(CancellationToken.None));
        refusal.StatusCode.ShouldBe(StatusCode.Unimplemented);
        Directory.Exists(Path.Combine(_deployment.DataPath, "outbox")).ShouldBeFalse();
        Directory.Exists(Path.Combine(_deployment.DataPath, "bootstrap")).ShouldBeFalse();

        // 4. its own binary says how it is, before and after it was asked to stop
        (await ProbeAsync()).ShouldBe(0);
        (await service.StopAsync()).ShouldBe(0, service.Log);
        (await ProbeAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_start_with_bad_settings_names_them_all_at_once()
    {
        var (exitCode, output) = await Deployment.RunAsync(
        [
            .. _deployment.Settings.Where(setting => !setting.StartsWith("Messaging:", StringComparison.Ordinal)),
            "Deployment:Region=Germany", "Telemetry:TracedShare=2", "RateLimits:Identifier:Burst=0", "ClientAddress:TrustedProxies:0=nobody",
        ]);

        exitCode.ShouldBe(78, output); // EX_CONFIG
        string[] wrong = ["Messaging:Smtp:Host", "Deployment:Region", "Telemetry:TracedShare", "RateLimits:Identifier", "ClientAddress:TrustedProxies"];
        wrong.ShouldAllBe(setting => output.Contains(setting, StringComparison.Ordinal), output);
        output.ShouldNotContain("   at "); // a stack trace
    }

    [Fact]
    public async Task Plaintext_off_loopback_is_refused()
    {
        var (exitCode, output) = await Deployment.RunAsync(
        [
            .. _deployment.Settings.Where(setting => !setting.StartsWith("Serving:Certificate", StringComparison.Ordinal)),
            "Serving:Address=0.0.0.0",
        ]);

        exitCode.ShouldBe(78, output);
        output.ShouldContain("plaintext off loopback");
    }

    private async Task AuthctlAsync(params string[] command)
    {
        var (exitCode, output) = await _deployment.AuthctlAsync(command);
        exitCode.ShouldBe(0, output);
    }

    private async Task<int> ProbeAsync() => (await Deployment.RunAsync(_deployment.Settings, "--probe")).ExitCode;
}
