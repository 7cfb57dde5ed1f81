using AuthService.Security;
using AuthService.Security.Keys;
using AuthService.Security.Passwords;
using AuthService.Storage;
using AuthService.Tests.Security.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AuthService.Tests.Security.Passwords;

public sealed class PasswordsStartupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_started_host_hashes_and_a_stopped_one_sheds()
    {
        using var host = CreateHost();
        await host.StartAsync();
        var hashing = host.Services.GetRequiredService<PasswordHashing>();

        var whileRunning = await hashing.HashAsync(new Secret<string>("correct horse battery staple"), default);
        await host.StopAsync();
        var afterwards = await hashing.HashAsync(new Secret<string>("correct horse battery staple"), default);

        whileRunning.ShouldBeOfType<PasswordHashResult.Hashed>();
        afterwards.ShouldBeOfType<PasswordHashResult.Overloaded>();
    }

    [Fact]
    public async Task All_problems_of_all_sections_are_told_at_once()
    {
        using var host = CreateHost(
            ("Passwords:Hashing:MemoryKiB", "1024"),
            ("Passwords:Hashing:Nice", "-5"),
            ("Passwords:Policy:MinimumAlone", "16"),
            ("Passwords:Policy:MinimumWithSecondFactor", "17"),
            ("Keys:AccountsCached", "1"));

        var refusal = await Should.ThrowAsync<AggregateException>(() => host.StartAsync());

        var problems = refusal.InnerExceptions.OfType<OptionsValidationException>().SelectMany(section => section.Failures).ToList();
        problems.Count.ShouldBe(4);
        problems.ShouldContain(problem => problem.Contains("Nice"));
        problems.ShouldContain(problem => problem.Contains("MinimumWithSecondFactor"));
    }

    private IHost CreateHost(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Microsoft.Extensions.Hosting.Environments.Development });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.Services.AddLogging();
        builder.Services.AddOptions<StorageOptions>().Configure(storage => storage.DataPath = _folder.Path);
        builder.Services.AddKeys();
        builder.Services.AddPasswords();
        return builder.Build();
    }
}
