using AuthService.Client.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthService.Tests.ClientAspNetCore;

public sealed class SessionOptionsTests
{
    public static TheoryData<string, Action<AuthServiceSessionsOptions>> Contradictions => new()
    {
        { "Address", options => options.Address = null },
        { "Address", options => options.Address = new Uri("ftp://auth.example.org") },
        { "Address: plaintext", options => options.Address = new Uri("http://auth.example.org:5080") },
        { "Issuer", options => options.Issuer = "" },
        { "Audience", options => options.Audience = " " },
        { "Credential", options => options.Credential = null },
        { "Credential", options => options.CredentialFile = "service.token" },
        { "KeyBoundTokens", options => options.KeyBoundTokens = (KeyBoundTokens)7 },
        { "TokensCached", options => options.TokensCached = 0 },
        { "ChangesRemembered", options => options.ChangesRemembered = 0 },
        { "QuestionsAtOnce", options => options.QuestionsAtOnce = 0 },
        { "QuestionsWaiting", options => options.QuestionsWaiting = -1 },
        { "Patience", options => options.Patience = TimeSpan.FromMinutes(1) },
    };

    [Fact]
    public async Task Good_options_start() => await StartAsync(_ => { });

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task What_cannot_work_is_told_at_start(string told, Action<AuthServiceSessionsOptions> change)
    {
        var problem = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(change));

        problem.Message.ShouldContain(told);
    }

    [Fact]
    public async Task All_of_it_is_told_at_once()
    {
        var problem = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(options =>
        {
            (options.Address, options.Issuer, options.Credential, options.TokensCached) = (null, "", null, 0);
        }));

        foreach (var option in (string[])["Address", "Issuer", "Credential", "TokensCached"])
            problem.Message.ShouldContain(option);
    }

    /// <summary>Starts and stops a service; AuthService need not be there for that.</summary>
    private static async Task StartAsync(Action<AuthServiceSessionsOptions> change)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthServiceSessions(options =>
        {
            (options.Address, options.Issuer, options.Credential) = (new Uri("http://127.0.0.1:9"), "https://auth.example.org", "credential");
            change(options);
        });
        await using var app = builder.Build();
        await app.StartAsync();
        await app.StopAsync();
    }
}
