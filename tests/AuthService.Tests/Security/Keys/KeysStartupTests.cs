using AuthService.Security.Keys;
using AuthService.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AuthService.Tests.Security.Keys;

public sealed class KeysStartupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Development_makes_its_keyring_once_and_uses_it_from_then_on()
    {
        var account = TestKeys.Account();
        using (var first = CreateHost(Microsoft.Extensions.Hosting.Environments.Development))
        {
            await first.StartAsync();
            await first.Services.GetRequiredService<AccountKeyStore>().CreateAsync(account, default);
            await first.StopAsync();
        }

        using var second = CreateHost(Microsoft.Extensions.Hosting.Environments.Development);
        await second.StartAsync();

        (await second.Services.GetRequiredService<AccountKeyStore>().FindAsync(account, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Production_does_not_start_without_a_configured_keyring()
    {
        using var host = CreateHost(Microsoft.Extensions.Hosting.Environments.Production);

        var refusal = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        refusal.Message.ShouldContain("Keys:KeyringPath");
    }

    [Fact]
    public async Task Production_makes_no_keyring_where_the_configured_one_is_missing()
    {
        using var host = CreateHost(Microsoft.Extensions.Hosting.Environments.Production, ("Keys:KeyringPath", _folder.File("lost.json")));

        var refusal = await Should.ThrowAsync<KeyringException>(() => host.StartAsync());

        refusal.Message.ShouldContain("lost.json");
        File.Exists(_folder.File("lost.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task All_problems_of_the_options_are_told_at_once()
    {
        using var host = CreateHost(Microsoft.Extensions.Hosting.Environments.Production, ("Keys:AccountsCached", "1"));

        var refusal = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        refusal.Failures.Count().ShouldBe(2);
    }

    private IHost CreateHost(string environment, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.Services.AddLogging();
        builder.Services.AddOptions<StorageOptions>().Configure(storage => storage.DataPath = _folder.Path);
        builder.Services.AddKeys();
        return builder.Build();
    }
}
