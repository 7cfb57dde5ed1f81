using System.Net;
using AuthService.Hosting.Network;
using AuthService.Risk;
using AuthService.Storage;
using AuthService.Storage.Ids;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Risk;

public sealed class SharedNetworksTests : IAsyncLifetime
{
    private static readonly ClientNetwork Cafe = new(IPAddress.Parse("198.51.100.7"));

    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData(23, 0)]
    [InlineData(24, 24)]
    public async Task It_is_known_to_the_day_when_an_account_was_last_seen_on_a_network(int hoursLater, int movedBy)
    {
        var account = AccountId.Create("de", _service.Clock);
        await NoteAsync(account);
        var first = await LastSeenAsync();

        _service.Clock.Advance(TimeSpan.FromHours(hoursLater));
        await NoteAsync(account);

        (await LastSeenAsync() - first).ShouldBe(TimeSpan.FromHours(movedBy));
    }

    private Task NoteAsync(AccountId account) => _service.Services.GetRequiredService<Database>().WriteAsync(
        work => _service.Services.GetRequiredService<SharedNetworks>().NoteAsync(work, Cafe, account, CancellationToken.None), CancellationToken.None);

    private Task<DateTimeOffset> LastSeenAsync() => _service.Services.GetRequiredService<Database>().ReadAsync(
        async rows => (await rows.NetworkAccounts.SingleAsync()).LastSeenAt, CancellationToken.None);
}
