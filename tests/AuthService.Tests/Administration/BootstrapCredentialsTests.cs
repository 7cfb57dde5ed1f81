using System.Runtime.Versioning;
using AuthService.Administration;
using AuthService.Hosting.Calls;
using AuthService.Protocol;
using AuthService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Administration;

[UnsupportedOSPlatform("windows")]
public sealed class BootstrapCredentialsTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("authservice-bootstrap-").FullName;

    [Theory]
    [InlineData("admin")]
    [InlineData("service")]
    public async Task A_first_start_leaves_a_token_that_only_its_owner_may_read(string name)
    {
        await using var service = await TestService.StartAsync(data: _data);

        var mode = File.GetUnixFileMode(FileOf(name));

        mode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task The_admins_token_has_every_scope_and_the_services_has_what_a_service_needs()
    {
        await using var service = await TestService.StartAsync(data: _data);

        var admin = await IdentifyAsync(service, "admin");
        var ordinary = await IdentifyAsync(service, "service");

        admin.ShouldNotBeNull().Scopes.ShouldBe(Scopes.OfServices, ignoreOrder: true);
        ordinary.ShouldNotBeNull().Scopes.ShouldBe(
            [Scopes.SessionsValidate, Scopes.SessionsWatch, Scopes.EcvCompute, Scopes.EcvVerify, Scopes.RiskExplain, Scopes.AuditRead],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_second_start_keeps_the_tokens()
    {
        await using (await TestService.StartAsync(data: _data))
        {
        }

        var first = await File.ReadAllTextAsync(FileOf("admin"));

        await using var service = await TestService.StartAsync(data: _data);

        (await File.ReadAllTextAsync(FileOf("admin"))).ShouldBe(first);
        (await IdentifyAsync(service, "admin")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_token_whose_file_went_missing_is_made_anew_and_the_lost_one_ends()
    {
        await using (await TestService.StartAsync(data: _data))
        {
        }

        var lost = (await File.ReadAllTextAsync(FileOf("admin"))).Trim();
        File.Delete(FileOf("admin"));

        await using var service = await TestService.StartAsync(data: _data);

        (await IdentifyAsync(service, "admin")).ShouldNotBeNull();
        (await service.Services.GetRequiredService<ServiceCredentials>().IdentifyAsync(lost, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_token_whose_credential_is_gone_from_the_database_is_made_anew()
    {
        await using (var before = await TestService.StartAsync(data: _data))
        {
            await before.Services.GetRequiredService<Database>().WriteAsync(
                work => work.Rows.ServiceCredentials.ExecuteDeleteAsync(), CancellationToken.None);
        }

        await using var service = await TestService.StartAsync(data: _data);

        (await IdentifyAsync(service, "admin")).ShouldNotBeNull();
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private string FileOf(string name) => Path.Combine(_data, "bootstrap", $"{name}.token");

    private async Task<Caller.Service?> IdentifyAsync(TestService service, string name)
    {
        var token = (await File.ReadAllTextAsync(FileOf(name))).Trim();
        return await service.Services.GetRequiredService<ServiceCredentials>().IdentifyAsync(token, CancellationToken.None) as Caller.Service;
    }
}
