using System.Security.Cryptography;
using AuthService.Audit;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Audit;

public sealed class AuditTrailTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;

    private AuditTrail Audit => _service.Services.GetRequiredService<AuditTrail>();

    private Database Database => _service.Services.GetRequiredService<Database>();

    [Fact]
    public async Task An_event_stands_only_with_the_change_that_it_reports()
    {
        var target = RandomNumberGenerator.GetBytes(16);
        await WriteAsync(withEvent: false);
        var before = await CountAsync();

        // Rows are written after events, and there is one of this key already.
        await Should.ThrowAsync<StoreUnavailableException>(() => WriteAsync(withEvent: true));

        (await CountAsync()).ShouldBe(before);

        Task WriteAsync(bool withEvent) => Database.WriteAsync(
            work =>
            {
                if (withEvent)
                    Audit.RecordOwnAct(work, EventType.ServiceStarted, "test", new Dictionary<string, string>());
                // Of now: what is older than its time is swept, and the key would be free again.
                work.Rows.Add(new AttemptRow { Target = target, LastAt = work.Now });
                return Task.CompletedTask;
            },
            CancellationToken.None);
    }

    [Fact]
    public async Task No_two_events_share_a_place_however_many_are_written_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Database.WriteAsync(
            work =>
            {
                Audit.RecordOwnAct(work, EventType.ServiceStarted, "many", new Dictionary<string, string>());
                return Task.CompletedTask;
            },
            CancellationToken.None))));

        var sequences = await Database.ReadAsync(
            rows => rows.AuditEvents.Where(row => row.Caller == "many").Select(row => row.Sequence).ToListAsync(), CancellationToken.None);
        sequences.Count.ShouldBe(50);
        sequences.ShouldBeUnique();
    }

    [Fact]
    public async Task A_place_is_never_given_twice_not_even_after_its_event_is_gone()
    {
        var last = await RecordAsync();
        await Database.WriteAsync(work => work.Rows.AuditEvents.Where(row => row.Sequence == last).ExecuteDeleteAsync(), CancellationToken.None);

        (await RecordAsync()).ShouldBeGreaterThan(last);
    }

    [Fact]
    public async Task The_address_lies_sealed_in_the_database()
    {
        var account = await SeededAccount.CreateAsync(_service);
        var session = await account.SignInAsync();
        using var phone = TestDevice.Unbound(_service);
        var request = phone.ToBind();

        await _service.Devices.BindDeviceAsync(request, TestService.From("203.0.113.77", await phone.BindMetadataAsync(request, session)));

        var row = await Database.ReadAsync(rows => rows.AuditEvents.SingleAsync(row => row.AccountId == account.Id.Value), CancellationToken.None);
        row.NetworkSealed.ShouldNotBeNull().AsSpan().IndexOf("203.0.113.77"u8).ShouldBe(-1);
        row.NetworkToken.ShouldNotBeNull().Length.ShouldBe(16);
    }

    [Fact]
    public void A_network_has_another_token_every_day()
    {
        var tokens = _service.Services.GetRequiredService<NetworkTokens>();
        var morning = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

        var first = tokens.TokenOf("203.0.113.7", morning);

        tokens.TokenOf("203.0.113.7", morning + TimeSpan.FromHours(23)).ShouldBe(first);
        tokens.TokenOf("203.0.113.7", morning + TimeSpan.FromHours(24)).ShouldNotBe(first);
        tokens.TokenOf("203.0.113.8", morning).ShouldNotBe(first);
    }

    private async Task<long> RecordAsync()
    {
        await Database.WriteAsync(
            work =>
            {
                Audit.RecordOwnAct(work, EventType.ServiceStarted, "test", new Dictionary<string, string>());
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return await Database.ReadAsync(rows => rows.AuditEvents.MaxAsync(row => row.Sequence), CancellationToken.None);
    }

    private Task<int> CountAsync() => Database.ReadAsync(rows => rows.AuditEvents.CountAsync(), CancellationToken.None);
}
