using AuthService.Devices;
using AuthService.Storage;
using AuthService.Storage.Ids;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Devices;

public sealed class DeviceTokensTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;
    private readonly AccountId _account = AccountId.Create("de", shared.Service.Clock);

    private DeviceTokens Tokens => _service.Services.GetRequiredService<DeviceTokens>();

    private Database Database => _service.Services.GetRequiredService<Database>();

    [Fact]
    public async Task A_token_that_was_issued_is_found()
    {
        var token = await IssueAsync();

        (await IsGoodAsync(token)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("as_device_")]
    [InlineData("as_device_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("as_service_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("\0")]
    public async Task A_text_that_was_never_issued_is_not_found(string text)
    {
        await IssueAsync();

        (await IsGoodAsync(text)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_token_of_one_account_is_worth_nothing_for_another()
    {
        var token = await IssueAsync();

        var other = AccountId.Create("de", _service.Clock);

        (await Database.ReadAsync(rows => Tokens.FindAsync(rows, other, token, CancellationToken.None), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_token_whose_successor_got_lost_stays_good_and_the_lost_one_is_void()
    {
        var first = await IssueAsync();
        var lost = await RotateAsync(first);

        var successor = await RotateAsync(first);

        (await IsGoodAsync(first)).ShouldBeTrue();
        (await IsGoodAsync(successor)).ShouldBeTrue();
        (await IsGoodAsync(lost)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_ends_when_its_successor_is_used()
    {
        var first = await IssueAsync();
        var second = await RotateAsync(first);

        var third = await RotateAsync(second);

        (await IsGoodAsync(first)).ShouldBeFalse();
        (await IsGoodAsync(second)).ShouldBeTrue();
        (await IsGoodAsync(third)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_that_was_erased_after_it_was_found_gets_no_successor()
    {
        var token = await IssueAsync();
        var found = await FindAsync(token);
        await Database.WriteAsync(work => Tokens.EraseAllAsync(work, _account, CancellationToken.None), CancellationToken.None);

        var successor = await Database.WriteAsync(
            work => Tokens.RotateAsync(work, found!, token, CancellationToken.None), CancellationToken.None);

        successor.ShouldBeEmpty();
        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_token_is_good_for_180_days_after_its_last_use()
    {
        var token = await IssueAsync();
        _service.Clock.Advance(TimeSpan.FromMinutes(1));

        await RotateAsync(token);

        (await FindAsync(token)).ShouldNotBeNull().ExpiresAt.ShouldBe(_service.Clock.GetUtcNow() + TimeSpan.FromDays(180));
    }

    [Fact]
    public async Task A_token_whose_time_has_come_is_not_found()
    {
        var token = await IssueAsync();
        var found = (await FindAsync(token)).ShouldNotBeNull();

        await Database.WriteAsync(
            work => work.Rows.DeviceTokens.Where(row => row.Id == found.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(stored => stored.ExpiresAt, work.Now)),
            CancellationToken.None);

        (await IsGoodAsync(token)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_account_keeps_its_last_20_tokens()
    {
        var first = await IssueAsync();
        for (var more = 0; more < 20; more++)
        {
            _service.Clock.Advance(TimeSpan.FromSeconds(1));
            await IssueAsync();
        }

        (await IsGoodAsync(first)).ShouldBeFalse();
        (await CountAsync()).ShouldBe(20);
    }

    [Fact]
    public async Task Only_the_tokens_of_an_unbound_device_are_erased()
    {
        var device = DeviceId.Create("de", _service.Clock);
        var ofDevice = await IssueAsync(device);
        var ofNone = await IssueAsync();

        var erased = await Database.WriteAsync(
            work => Tokens.EraseOfDeviceAsync(work, _account, device, CancellationToken.None), CancellationToken.None);

        erased.ShouldBe(1);
        (await IsGoodAsync(ofDevice)).ShouldBeFalse();
        (await IsGoodAsync(ofNone)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_database_holds_no_token()
    {
        var token = await IssueAsync();

        var files = Directory.GetFiles(_service.DataPath, "*.db*", SearchOption.AllDirectories);

        files.ShouldAllBe(file => !Contains(file, token));
    }

    private static bool Contains(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(text)) >= 0;
    }

    private Task<string> IssueAsync(DeviceId? device = null) =>
        Database.WriteAsync(work => Tokens.IssueAsync(work, _account, device, CancellationToken.None), CancellationToken.None);

    private Task<AuthService.Storage.Rows.DeviceTokenRow?> FindAsync(string token) =>
        Database.ReadAsync(rows => Tokens.FindAsync(rows, _account, token, CancellationToken.None), CancellationToken.None);

    private async Task<bool> IsGoodAsync(string token) => await FindAsync(token) is not null;

    private async Task<string> RotateAsync(string token)
    {
        var found = (await FindAsync(token)).ShouldNotBeNull();
        return await Database.WriteAsync(
            work => Tokens.RotateAsync(work, found, token, CancellationToken.None), CancellationToken.None);
    }

    private Task<int> CountAsync() =>
        Database.ReadAsync(rows => rows.DeviceTokens.CountAsync(row => row.AccountId == _account.Value), CancellationToken.None);
}
