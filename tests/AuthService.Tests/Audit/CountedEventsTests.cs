using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Network;
using AuthService.Protocol;
using AuthService.Storage;
using AuthService.Tests.Stores;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using System.Net;

namespace AuthService.Tests.Audit;

public sealed class CountedEventsTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("authservice-counted-").FullName;
    private readonly Commits _commits = new();
    private TestService _service = null!;

    private CountedEvents Counted => _service.Services.GetRequiredService<CountedEvents>();

    public async Task InitializeAsync() =>
        _service = await TestService.StartAsync(data: _data, services: services => TestStore.Intercept(services, _commits));

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_flood_from_one_network_is_one_event_with_a_count()
    {
        for (var call = 0; call < 50; call++)
            await Refusals.OfAsync(_service.Devices.ListDevicesAsync(new ListDevicesRequest(), TestService.From("203.0.113.7", TestService.Bearer("x"))));

        await Counted.FlushAsync(CancellationToken.None);

        var entry = (await EventsAsync()).Single();
        entry.Type.ShouldBe(EventType.AccessDenied);
        entry.Reason.ShouldBe(ErrorReasons.CredentialRequired);
        entry.Count.ShouldBe(50);
    }

    [Fact]
    public async Task Networks_and_kinds_are_told_apart()
    {
        Note("203.0.113.7", EventType.ProofRejected);
        Note("203.0.113.8", EventType.ProofRejected);
        Note("203.0.113.8", EventType.AccessDenied);

        await Counted.FlushAsync(CancellationToken.None);

        var events = await EventsAsync();
        events.Count.ShouldBe(3);
        events.Select(entry => entry.NetworkToken).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task What_has_come_together_is_written_every_minute()
    {
        Note("203.0.113.7");

        await EventuallyAsync(async () =>
        {
            // Again each time: the service's own timer may not have been set yet.
            _service.Clock.Advance(TimeSpan.FromMinutes(1));
            return (await EventsAsync()).Count == 1;
        });
    }

    [Fact]
    public async Task Networks_beyond_the_bound_are_counted_together_and_none_of_their_calls_is_lost()
    {
        for (var network = 0; network < CountedEvents.MaxKeys + 500; network++)
            Note(new IPAddress(0x0A000000 + network).ToString());

        await Counted.FlushAsync(CancellationToken.None);

        var counts = await CountsAsync();
        counts.Count.ShouldBe(CountedEvents.MaxKeys + 1);
        counts.Sum().ShouldBe(CountedEvents.MaxKeys + 500);
    }

    [Fact]
    public async Task Nobody_waits_for_all_of_them_to_be_written()
    {
        for (var network = 0; network < 5 * CountedEvents.AtOnce; network++)
            Note(new IPAddress(0x0A000000 + network).ToString());
        _commits.Count = 0;

        await Counted.FlushAsync(CancellationToken.None);

        _commits.Count.ShouldBeGreaterThanOrEqualTo(5);
        (await Rows(rows => rows.AuditEvents.CountAsync(row => row.Type == (int)EventType.ProofRejected))).ShouldBe(5 * CountedEvents.AtOnce);
    }

    [Fact]
    public async Task What_could_not_be_written_is_kept_for_the_next_time()
    {
        Note("203.0.113.7");
        using (var hasHungUp = new CancellationTokenSource())
        {
            await hasHungUp.CancelAsync();
            await Counted.FlushAsync(hasHungUp.Token);
        }

        Note("203.0.113.7");
        await Counted.FlushAsync(CancellationToken.None);

        (await EventsAsync()).Single().Count.ShouldBe(2);
    }

    [Fact]
    public async Task After_a_piece_that_could_not_be_written_the_rest_is_not_tried_and_none_is_lost()
    {
        for (var network = 0; network < 3 * CountedEvents.AtOnce; network++)
            Note(new IPAddress(0x0A000000 + network).ToString());
        using var source = new CancellationTokenSource();
        _commits.Before = source.CancelAsync;

        await Counted.FlushAsync(source.Token);

        (await CountsAsync()).Count.ShouldBeLessThanOrEqualTo(CountedEvents.AtOnce);
        await Counted.FlushAsync(CancellationToken.None);
        var counts = await CountsAsync();
        (counts.Count, counts.Sum()).ShouldBe((3 * CountedEvents.AtOnce, 3 * CountedEvents.AtOnce));
    }

    [Fact]
    public async Task A_service_that_stops_writes_what_it_has()
    {
        Note("203.0.113.7");
        await _service.DisposeAsync();

        _service = await TestService.StartAsync(data: _data);

        (await EventsAsync()).Single().Count.ShouldBe(1);
    }

    private void Note(string address, EventType type = EventType.ProofRejected)
    {
        var call = new Call(RpcTable.Rules[0], new ClientNetwork(IPAddress.Parse(address)));
        Counted.Note(type, call, ErrorReasons.InvalidProof);
    }

    private Task<List<long>> CountsAsync() => Rows(
        rows => rows.AuditEvents.Where(row => row.Type == (int)EventType.ProofRejected).Select(row => row.Count).ToListAsync());

    private async Task<IReadOnlyList<AuditEvent>> EventsAsync() => (await _service.Audit.ListEventsAsync(
        new ListEventsRequest { Types_ = { EventType.ProofRejected, EventType.AccessDenied } }, _service.AsService)).Events;

    private Task<T> Rows<T>(Func<AuthDbContext, Task<T>> query) =>
        _service.Services.GetRequiredService<Database>().ReadAsync(query, CancellationToken.None);

    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
