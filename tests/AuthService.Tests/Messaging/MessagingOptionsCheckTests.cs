using AuthService.Hosting;
using AuthService.Messaging;
using AuthService.Storage.Rows;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace AuthService.Tests.Messaging;

public sealed class MessagingOptionsCheckTests
{
    [Fact]
    public async Task Outside_Development_there_has_to_be_a_mail_server()
    {
        await using var app = AuthServiceApplication.Build(["--environment", "Production"]);

        var fault = Should.Throw<OptionsValidationException>(() => app.Services.GetRequiredService<IOptions<MessagingOptions>>().Value);

        fault.Failures.ShouldBe(["Messaging:Smtp:Host must name the mail server: outside Development, codes and notices go by mail."]);
    }

    [Fact]
    public async Task Without_a_gateway_phone_numbers_are_refused_as_contacts()
    {
        await using var app = AuthServiceApplication.Build(
            ["--environment", "Production", "--Messaging:Smtp:Host", "mail.example.org", "--Messaging:Smtp:From", "no-reply@example.org"]);

        var channels = app.Services.GetRequiredService<MessageChannels>();

        channels.Reaches(ContactKind.Email).ShouldBeTrue();
        channels.Reaches(ContactKind.Phone).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Smtp:Port", "0", "Messaging:Smtp:Port must be 1 to 65535.")]
    [InlineData("Smtp:Tls", "None", "Messaging:Smtp:Tls may be None only to a server on this machine: mail carries codes.")]
    [InlineData("Smtp:User", "ada", "Messaging:Smtp:User and Messaging:Smtp:Password come together or not at all.")]
    [InlineData("Smtp:From", "", "Messaging:Smtp:From must be an address: Example <no-reply@example.org>.")]
    [InlineData("Smtp:Timeout", "00:10:00", "Messaging:Smtp:Timeout must be 1 second to 2 minutes.")]
    [InlineData("Sms:GatewayUrl", "http://sms.example.org/send", "Messaging:Sms:GatewayUrl must be an https address.")]
    [InlineData("Sms:Token", "", "Messaging:Sms:Token must be the gateway's token.")]
    [InlineData("Sms:Timeout", "00:00:00", "Messaging:Sms:Timeout must be 1 second to 2 minutes.")]
    public void A_setting_that_cannot_work_is_named(string setting, string value, string problem)
    {
        var result = Validate((setting, value));

        result.Failures.ShouldBe([problem]);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var result = Validate(("Smtp:Port", "-1"), ("Smtp:From", "nobody"), ("Sms:Token", " "));

        result.Failures!.Count().ShouldBe(3);
    }

    [Theory]
    [InlineData("Smtp:Port", "465")]
    [InlineData("Sms:GatewayUrl", "http://127.0.0.1:9999/send")]
    public void What_works_is_accepted(string setting, string value)
    {
        var result = Validate((setting, value));

        result.Succeeded.ShouldBeTrue();
    }

    private static ValidateOptionsResult Validate(params (string Setting, string Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Smtp:Host"] = "mail.example.org",
            ["Smtp:From"] = "Example <no-reply@example.org>",
            ["Sms:GatewayUrl"] = "https://sms.example.org/send",
            ["Sms:Token"] = "gateway-token",
        };
        foreach (var (setting, value) in changes)
            settings[setting] = value;
        var options = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().Get<MessagingOptions>()!;
        return new MessagingOptionsCheck(new HostingEnvironment { EnvironmentName = "Production" }).Validate(null, options);
    }
}
