using AuthService.Accounts;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AuthService.Tests.Accounts;

public sealed class UnfinishedSignUpsTests : IAsyncLifetime
{
    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_sign_up_that_nobody_verified_is_erased_with_its_key()
    {
        var before = await RowCounts.OfAsync(_service);
        await SignUpForm.CreateAsync(_service, SignUpForm.For("ada@example.org"));
        var pending = await PendingAsync();

        _service.Clock.Advance(UnfinishedSignUps.Kept + TimeSpan.FromMinutes(11));
        await EraseAsync();

        pending.Count.ShouldBe(1);
        (await PendingAsync()).ShouldBeEmpty();
        (await _service.Services.GetRequiredService<AccountKeyStore>().FindAsync(AccountId.Parse(pending[0]), default)).ShouldBeNull();
        (await RowCounts.OfAsync(_service))["Consents"].ShouldBe(before["Consents"]);
    }

    [Fact]
    public async Task One_that_may_still_be_verified_and_one_that_was_stay()
    {
        var person = await Person.SignUpAsync(_service);
        _service.Clock.Advance(UnfinishedSignUps.Kept + TimeSpan.FromMinutes(11));
        await SignUpForm.CreateAsync(_service, SignUpForm.For("ada@example.org"));

        await EraseAsync();

        (await PendingAsync()).Count.ShouldBe(1);
        (await person.LoginFromAsync(person.Home)).ShouldNotBeNull();
    }

    private Task EraseAsync() => _service.Services.GetServices<IHostedService>().OfType<UnfinishedSignUps>().Single().EraseAsync(default);

    private Task<List<string>> PendingAsync() => _service.Services.GetRequiredService<Database>().ReadAsync(
        rows => rows.Accounts.Where(row => row.VerifiedAt == null).Select(row => row.Id).ToListAsync(), default);
}
