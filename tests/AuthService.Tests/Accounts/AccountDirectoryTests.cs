using AuthService.Accounts;
using AuthService.Security;
using AuthService.Security.Passwords;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Accounts;

public sealed class AccountDirectoryTests
{
    [Fact]
    public async Task An_unknown_contact_is_answered_with_the_same_decoy_at_each_try_and_after_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("authservice-test-").FullName;
        var (contact, others) = (Parse("nobody@example.org"), Enumerable.Range(0, 50).Select(n => Parse($"nobody{n}@example.org")).ToList());

        string first, again;
        int spread;
        await using (var service = await TestService.StartAsync(data: data))
        {
            first = (await DirectoryOf(service).FindOrDecoyAsync(contact, default)).Id.Value;
            again = (await DirectoryOf(service).FindOrDecoyAsync(contact, default)).Id.Value;
            spread = (await Task.WhenAll(others.Select(other => DirectoryOf(service).FindOrDecoyAsync(other, default))))
                .DistinctBy(found => found.Id).Count();
        }

        await using var restarted = await TestService.StartAsync(data: data);
        var afterRestart = (await DirectoryOf(restarted).FindOrDecoyAsync(contact, default)).Id.Value;
        again.ShouldBe(first);
        afterRestart.ShouldBe(first);
        spread.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task A_decoy_is_found_by_no_id_and_has_a_password_that_takes_a_hash_and_never_matches()
    {
        await using var service = await TestService.StartAsync();

        var decoy = await DirectoryOf(service).FindOrDecoyAsync(Parse("nobody@example.org"), default);
        var byId = await DirectoryOf(service).FindAsync(decoy.Id, default);
        var verified = await service.Services.GetRequiredService<PasswordHashing>()
            .VerifyAsync(new Secret<string>("correct horse battery staple"), decoy.Row.PasswordHash, default);

        decoy.Row.IsDecoy.ShouldBeTrue();
        byId.ShouldBeNull();
        verified.ShouldBe(new PasswordVerifyResult.Verified(PasswordVerification.Failed));
    }

    private static AccountDirectory DirectoryOf(TestService service) => service.Services.GetRequiredService<AccountDirectory>();

    private static Contact Parse(string text) => Contact.TryParse(text, out var contact) ? contact : throw new FormatException(text);
}
