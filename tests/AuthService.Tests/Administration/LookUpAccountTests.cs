using AuthService.Protocol;
using AuthService.RateLimiting;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Administration;

public sealed class LookUpAccountTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;

    [Fact]
    public async Task An_account_is_found_by_its_id_and_by_its_contact()
    {
        var account = await SeededAccount.CreateAsync(_service);

        var byId = await LookUpAsync(new LookUpAccountRequest { AccountId = account.Id.Value });
        var byContact = await LookUpAsync(new LookUpAccountRequest { Identifier = $" {account.Email.ToUpperInvariant()} ".Trim() });

        byId.AccountId.ShouldBe(account.Id.Value);
        byContact.ShouldBe(byId);
    }

    [Fact]
    public async Task Its_state_is_told()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());
        await account.SignInAsync();
        await FailAsync(account, 3);

        var found = await LookUpAsync(new LookUpAccountRequest { AccountId = account.Id.Value });

        found.ShouldBe(new LookUpAccountResponse
        {
            AccountId = account.Id.Value,
            CreateTime = _service.Clock.GetUtcNow().ToTimestamp(),
            Verified = true,
            ConsecutiveFailures = 3,
            Held = false,
            LiveSessions = 2,
            Devices = 1,
        });
    }

    [Fact]
    public async Task Nothing_personal_is_told()
    {
        var account = await SeededAccount.CreateAsync(_service);

        var found = await LookUpAsync(new LookUpAccountRequest { Identifier = account.Email });

        found.ToString().ShouldNotContain("@");
    }

    [Fact]
    public async Task Who_looked_is_in_the_log()
    {
        var account = await SeededAccount.CreateAsync(_service);

        await LookUpAsync(new LookUpAccountRequest { AccountId = account.Id.Value });

        var events = await _service.Audit.ListEventsAsync(new ListEventsRequest { AccountId = account.Id.Value }, _service.AsService);
        events.Events.Single(entry => entry.Type == EventType.AccountLookedUp).Caller.ShouldBe("service:bootstrap-admin");
    }

    [Fact]
    public async Task Who_looked_in_vain_is_in_the_log_too()
    {
        var refusal = await Refusals.OfAsync(() => LookUpAsync(new LookUpAccountRequest { Identifier = "nobody@example.org" }));

        refusal.Reason().ShouldBe(ErrorReasons.NotFound);
        var events = await _service.Audit.ListEventsAsync(
            new ListEventsRequest { PageSize = 1, Types_ = { EventType.AccountLookedUp } }, _service.AsService);
        events.Events.Single().Reason.ShouldBe(ErrorReasons.NotFound);
    }

    [Fact]
    public async Task A_decoy_is_no_account()
    {
        var decoy = await _service.Services.GetRequiredService<Database>().ReadAsync(
            rows => rows.Accounts.Where(row => row.IsDecoy).Select(row => row.Id).FirstAsync(), CancellationToken.None);

        var refusal = await Refusals.OfAsync(() => LookUpAsync(new LookUpAccountRequest { AccountId = decoy }));

        refusal.Reason().ShouldBe(ErrorReasons.NotFound);
    }

    [Theory]
    [InlineData(null, null, "key")]
    [InlineData("", null, "account_id")]
    [InlineData("1234", null, "account_id")]
    [InlineData(null, "not a contact", "identifier")]
    public async Task A_key_that_is_none_is_refused(string? accountId, string? identifier, string field)
    {
        var request = new LookUpAccountRequest();
        if (accountId is not null)
            request.AccountId = accountId;
        if (identifier is not null)
            request.Identifier = identifier;

        (await Refusals.OfAsync(() => LookUpAsync(request))).Fields().ShouldBe([field]);
    }

    [Fact]
    public async Task A_held_account_is_free_again_once_it_is_unlocked()
    {
        var account = await SeededAccount.CreateAsync(_service);
        await FailAsync(account, 100);
        var held = await LookUpAsync(new LookUpAccountRequest { AccountId = account.Id.Value });

        await _service.Admin.UnlockAccountAsync(
            new UnlockAccountRequest { AccountId = account.Id.Value, Reason = "called us, ticket 4711" }, _service.AsAdmin);

        held.Held.ShouldBeTrue();
        var free = await LookUpAsync(new LookUpAccountRequest { AccountId = account.Id.Value });
        free.Held.ShouldBeFalse();
        free.ConsecutiveFailures.ShouldBe(0);
    }

    [Fact]
    public async Task An_unlocking_is_in_the_log_with_its_reason()
    {
        var account = await SeededAccount.CreateAsync(_service);

        await _service.Admin.UnlockAccountAsync(
            new UnlockAccountRequest { AccountId = account.Id.Value, Reason = "called us, ticket 4711" }, _service.AsAdmin);

        var events = await _service.Audit.ListEventsAsync(new ListEventsRequest { AccountId = account.Id.Value }, _service.AsService);
        events.Events.Single(entry => entry.Type == EventType.AccountUnlocked).Details["reason"].ShouldBe("called us, ticket 4711");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public async Task Unlocking_needs_a_reason_of_bounded_length(int length)
    {
        var account = await SeededAccount.CreateAsync(_service);

        var refusal = await Refusals.OfAsync(_service.Admin.UnlockAccountAsync(
            new UnlockAccountRequest { AccountId = account.Id.Value, Reason = new string('x', length) }, _service.AsAdmin));

        refusal.Fields().ShouldBe(["reason"]);
    }

    [Fact]
    public async Task Unlocking_an_account_that_is_not_there_is_refused()
    {
        var refusal = await Refusals.OfAsync(_service.Admin.UnlockAccountAsync(
            new UnlockAccountRequest { AccountId = "acc_de_01hzzzzzzzzzzzzzzzzzzzzzzz", Reason = "why not" }, _service.AsAdmin));

        refusal.Reason().ShouldBe(ErrorReasons.NotFound);
    }

    private async Task<LookUpAccountResponse> LookUpAsync(LookUpAccountRequest request) =>
        await _service.Admin.LookUpAccountAsync(request, _service.AsAdmin);

    private Task FailAsync(SeededAccount account, int times) => _service.Services.GetRequiredService<Database>().WriteAsync(
        work =>
        {
            work.Rows.Attempts.Add(new AttemptRow
            {
                Target = _service.Services.GetRequiredService<ConsecutiveFailures>().TargetOf("account", account.Id.Value),
                Failures = times,
                LastAt = work.Now,
            });
            return Task.CompletedTask;
        },
        CancellationToken.None);
}
