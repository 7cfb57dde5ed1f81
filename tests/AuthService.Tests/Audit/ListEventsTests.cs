using AuthService.Audit;
using AuthService.Protocol;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Audit;

public sealed class ListEventsTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;

    [Fact]
    public async Task Events_come_in_their_total_order_the_newest_first()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());
        using var tablet = await TestDevice.BindAsync(_service, await account.SignInAsync());

        var events = await ListAsync(new ListEventsRequest { AccountId = account.Id.Value });

        events.Events.Select(entry => entry.DeviceId).ShouldBe([tablet.Device.DeviceId, phone.Device.DeviceId]);
        events.Events.Select(entry => entry.Sequence).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task An_event_tells_what_happened_where_and_to_whom()
    {
        var account = await SeededAccount.CreateAsync(_service);
        var session = await account.SignInAsync();
        using var phone = TestDevice.Unbound(_service);
        var request = phone.ToBind();
        var bound = await _service.Devices.BindDeviceAsync(
            request, TestService.From("203.0.113.7", await phone.BindMetadataAsync(request, session)));

        var entry = (await ListAsync(new ListEventsRequest { AccountId = account.Id.Value })).Events.Single();

        entry.Type.ShouldBe(EventType.DeviceBound);
        entry.EventTime.ShouldBe(_service.Clock.GetUtcNow().ToTimestamp());
        entry.SessionId.ShouldBe(session.SessionId);
        entry.DeviceId.ShouldBe(bound.Device.DeviceId);
        entry.Rpc.ShouldBe("/authservice.v1.DeviceService/BindDevice");
        entry.Network.ShouldBe("203.0.113.7");
        entry.NetworkToken.ShouldNotBeEmpty();
        entry.Details["key_thumbprint"].ShouldBe(phone.Key.PublicKey.Thumbprint);
        entry.Caller.ShouldBeEmpty();
        entry.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_verdict_in_the_log_is_the_one_that_was_given()
    {
        var account = await SeededAccount.CreateAsync(_service);
        var given = await _service.Ecv.VerifyEcvAsync(
            new VerifyEcvRequest { AccountId = account.Id.Value, Environment = Surroundings.AtHome(), PeerAddress = "203.0.113.7" }, _service.AsService);

        var events = await ListAsync(new ListEventsRequest { AccountId = account.Id.Value, Types_ = { EventType.EcvVerified } });

        events.Events.Single().Verdict.ShouldBe(given.Verdict);
    }

    [Fact]
    public async Task Numbers_that_this_build_cannot_read_leave_the_event_without_its_verdict()
    {
        var account = await SeededAccount.CreateAsync(_service);
        await _service.Services.GetRequiredService<Database>().WriteAsync(
            work =>
            {
                work.Rows.AuditEvents.Add(new AuditEventRow
                {
                    Id = "of another version", AccountId = account.Id.Value, At = work.Now, Rpc = "", VerdictId = "vrd_1", Verdict = [255, 1, 2], Count = 1,
                });
                return Task.CompletedTask;
            },
            CancellationToken.None);

        var events = await ListAsync(new ListEventsRequest { AccountId = account.Id.Value });

        events.Events.Single().Verdict.ShouldBeNull();
    }

    [Fact]
    public async Task Once_the_account_s_keys_are_gone_nobody_can_tell_its_addresses()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());
        await _service.Services.GetRequiredService<AccountKeyStore>().DestroyAsync(account.Id, CancellationToken.None);

        var entry = (await ListAsync(new ListEventsRequest { AccountId = account.Id.Value })).Events.Single();

        entry.Network.ShouldBeEmpty();
        entry.NetworkToken.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Each_filter_leaves_out_what_it_should()
    {
        var account = await SeededAccount.CreateAsync(_service);
        var first = await account.SignInAsync();
        using var phone = await TestDevice.BindAsync(_service, first);
        var between = _service.Clock.GetUtcNow() + TimeSpan.FromSeconds(1);
        _service.Clock.Advance(TimeSpan.FromSeconds(2));
        var second = await account.SignInAsync();
        await _service.Devices.UnbindDeviceAsync(
            new UnbindDeviceRequest { DeviceId = phone.Device.DeviceId }, SeededAccount.As(second));

        await TypesShouldBeAsync(new ListEventsRequest { SessionId = first.SessionId }, account, EventType.DeviceBound);
        await TypesShouldBeAsync(new ListEventsRequest { SessionId = second.SessionId }, account, EventType.DeviceUnbound);
        await TypesShouldBeAsync(new ListEventsRequest { Types_ = { EventType.DeviceBound } }, account, EventType.DeviceBound);
        await TypesShouldBeAsync(new ListEventsRequest { StartTime = between.ToTimestamp() }, account, EventType.DeviceUnbound);
        await TypesShouldBeAsync(new ListEventsRequest { EndTime = between.ToTimestamp(), Types_ = { EventType.DeviceBound, EventType.DeviceUnbound } }, account, EventType.DeviceBound);
        await TypesShouldBeAsync(new ListEventsRequest { StartTime = (between + TimeSpan.FromDays(1)).ToTimestamp() }, account);
    }

    [Fact]
    public async Task The_end_is_left_out_and_the_start_is_not()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());
        var now = _service.Clock.GetUtcNow().ToTimestamp();

        await TypesShouldBeAsync(new ListEventsRequest { StartTime = now }, account, EventType.DeviceBound);
        await TypesShouldBeAsync(new ListEventsRequest { EndTime = now }, account);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_overlap_while_events_keep_coming()
    {
        var account = await SeededAccount.CreateAsync(_service);
        for (var number = 0; number < 5; number++)
            (await TestDevice.BindAsync(_service, await account.SignInAsync())).Dispose();
        var request = new ListEventsRequest { AccountId = account.Id.Value, PageSize = 2, Types_ = { EventType.DeviceBound } };
        var seen = new List<long>();

        do
        {
            var page = await ListAsync(request);
            seen.AddRange(page.Events.Select(entry => entry.Sequence));
            request.PageToken = page.NextPageToken;
            (await TestDevice.BindAsync(_service, await account.SignInAsync())).Dispose();
        }
        while (request.PageToken.Length > 0);

        seen.Count.ShouldBe(5);
        seen.ShouldBeUnique();
        seen.ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task A_page_token_is_good_for_its_own_filters_only()
    {
        var page = await ListAsync(new ListEventsRequest { PageSize = 1 });

        var refusal = await Refusals.OfAsync(() => ListAsync(
            new ListEventsRequest { PageSize = 1, PageToken = page.NextPageToken, Types_ = { EventType.EventsRead } }));

        refusal.Fields().ShouldBe(["page_token"]);
    }

    [Fact]
    public async Task A_page_has_at_most_1000_events_and_100_if_nothing_is_said()
    {
        await _service.Services.GetRequiredService<Database>().WriteAsync(
            work =>
            {
                var audit = _service.Services.GetRequiredService<AuditTrail>();
                for (var number = 0; number < 1001; number++)
                    audit.RecordOwnAct(work, EventType.ServiceStarted, "test", new Dictionary<string, string>());
                return Task.CompletedTask;
            },
            CancellationToken.None);

        (await ListAsync(new ListEventsRequest { PageSize = 5000 })).Events.Count.ShouldBe(1000);
        (await ListAsync(new ListEventsRequest())).Events.Count.ShouldBe(100);
    }

    [Fact]
    public async Task Reading_is_one_event_itself_however_much_was_read()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());
        await ListAsync(new ListEventsRequest { AccountId = account.Id.Value });

        var events = await ListAsync(new ListEventsRequest { AccountId = account.Id.Value });

        events.Events.Select(entry => entry.Type).ShouldBe([EventType.EventsRead, EventType.DeviceBound]);
        events.Events[0].Caller.ShouldBe("service:bootstrap-service");
        events.Events[0].Details["events"].ShouldBe("1");
    }

    [Fact]
    public async Task A_filter_that_cannot_be_is_refused()
    {
        var refusal = await Refusals.OfAsync(() => ListAsync(new ListEventsRequest
        {
            Types_ = { EventType.Unspecified, (EventType)9999 },
            StartTime = new Timestamp { Seconds = long.MinValue },
            EndTime = new Timestamp { Nanos = -1 },
        }));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().Distinct().ShouldBe(["types", "start_time", "end_time"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("x", "", ErrorReasons.InvalidField)]
    [InlineData("", "x", ErrorReasons.InvalidField)]
    [InlineData("acc_at_01hzzzzzzzzzzzzzzzzzzzzzzz", "", ErrorReasons.WrongRegion)]
    public async Task An_id_that_is_none_of_here_is_refused(string accountId, string sessionId, string reason)
    {
        var refusal = await Refusals.OfAsync(() => ListAsync(new ListEventsRequest { AccountId = accountId, SessionId = sessionId }));

        refusal.Reason().ShouldBe(reason);
    }

    private async Task TypesShouldBeAsync(ListEventsRequest request, SeededAccount account, params EventType[] types)
    {
        request.AccountId = account.Id.Value;
        var events = await ListAsync(request);
        events.Events.Select(entry => entry.Type).Where(type => type != EventType.EventsRead).ShouldBe(types);
    }

    private async Task<ListEventsResponse> ListAsync(ListEventsRequest request) => await _service.Audit.ListEventsAsync(request, _service.AsService);
}
