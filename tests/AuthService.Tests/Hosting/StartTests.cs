using AuthService.Hosting;
using AuthService.Hosting.Starting;
using Microsoft.Extensions.Configuration;

namespace AuthService.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task Every_wrong_setting_is_told_at_once()
    {
        var problems = await ProblemsAsync(
            ("Serving:GrpcPort", "99999"),
            ("Serving:Address", "everywhere"),
            ("Serving:AllowPlaintextFrom:0", "10.0.0.0/8"),
            ("Serving:AllowPlaintextFrom:1", "the office"),
            ("Deployment:Region", "Germany"),
            ("ClientAddress:TrustedProxies:0", "nobody"),
            ("AddressSources:MmdbFiles:0", "/nowhere/country.mmdb"),
            ("AddressSources:PrefixFile", "/nowhere/classes.txt"),
            ("Telemetry:TracedShare", "2"));

        problems.ShouldContain(problem => problem.StartsWith("Serving:GrpcPort:", StringComparison.Ordinal));
        problems.ShouldContain("Serving:Address: 'everywhere' is no IP address.");
        problems.ShouldContain("Serving:AllowPlaintextFrom: 'the office' is no network in CIDR notation.");
        problems.ShouldContain(problem => problem.Contains("Deployment:Region must be two lower-case letters", StringComparison.Ordinal));
        problems.ShouldContain("ClientAddress:TrustedProxies: 'nobody' is no network in CIDR notation.");
        problems.ShouldContain("AddressSources:MmdbFiles: /nowhere/country.mmdb is not there.");
        problems.ShouldContain("AddressSources:PrefixFile: /nowhere/classes.txt is not there.");
        problems.ShouldContain(problem => problem.StartsWith("Telemetry:TracedShare:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_value_that_does_not_even_bind_hides_no_other()
    {
        var problems = await ProblemsAsync(("Serving:GrpcPort", "the usual"), ("Deployment:Region", "Germany"));

        problems.ShouldContain(problem => problem.Contains("'Serving:GrpcPort'", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("Deployment:Region", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public async Task Plaintext_off_loopback_does_not_start(string address)
    {
        var problems = await ProblemsAsync(("Serving:Address", address));

        problems.ShouldHaveSingleItem().ShouldStartWith("Serving: plaintext off loopback.");
    }

    [Fact]
    public async Task Plaintext_off_loopback_starts_for_a_named_proxy()
    {
        var problems = await ProblemsAsync(("Serving:Address", "0.0.0.0"), ("Serving:AllowPlaintextFrom:0", "10.1.0.0/16"));

        problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_without_its_key_does_not_start()
    {
        var problems = await ProblemsAsync(("Serving:CertificatePath", "/nowhere/tls.crt"));

        problems.ShouldHaveSingleItem().ShouldBe("Serving:CertificatePath and Serving:CertificateKeyPath need each other.");
    }

    [Fact]
    public async Task Development_starts_as_it_is() => (await ProblemsAsync()).ShouldBeEmpty();

    private static async Task<IReadOnlyList<string>> ProblemsAsync(params (string Key, string Value)[] settings)
    {
        IReadOnlyList<Type> optionTypes = [];
        await using var app = AuthServiceApplication.Build(["--environment", "Development"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value));
            optionTypes = OptionsProblems.TypesIn(builder.Services);
        });
        return OptionsProblems.In(app.Services, optionTypes);
    }
}
