using AuthService.Administration;
using AuthService.Protocol;
using AuthService.Storage;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Administration;

public sealed class ServiceCredentialTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;

    [Fact]
    public async Task A_credential_signs_its_holder_in()
    {
        var created = await CreateAsync(Request());

        created.Token.ShouldStartWith("as_service_");
        created.Credential.Name.ShouldBe("shop");
        created.Credential.Scopes.ShouldBe([Scopes.AuditRead]);
        (await IsGoodAsync(created.Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task It_lasts_a_year_if_nothing_else_is_said()
    {
        var created = await CreateAsync(Request());

        created.Credential.ExpireTime.ShouldBe((_service.Clock.GetUtcNow() + TimeSpan.FromDays(365)).ToTimestamp());
    }

    [Fact]
    public async Task It_ends_when_its_time_has_come()
    {
        var request = Request();
        request.ExpireTime = (_service.Clock.GetUtcNow() + TimeSpan.FromSeconds(5)).ToTimestamp();
        var created = await CreateAsync(request);
        var before = await IsGoodAsync(created.Token);

        _service.Clock.Advance(TimeSpan.FromSeconds(5));

        before.ShouldBeTrue();
        (await IsGoodAsync(created.Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task It_ends_at_once_when_it_is_revoked()
    {
        var created = await CreateAsync(Request());
        var before = await IsGoodAsync(created.Token);

        await RevokeAsync(created.Credential.CredentialId);

        before.ShouldBeTrue();
        (await IsGoodAsync(created.Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task One_that_another_process_revoked_ends_within_ten_seconds()
    {
        var created = await CreateAsync(Request());
        await IsGoodAsync(created.Token);
        await _service.Services.GetRequiredService<Database>().WriteAsync(
            work => work.Rows.ServiceCredentials
                .Where(row => row.Id == created.Credential.CredentialId)
                .ExecuteUpdateAsync(row => row.SetProperty(credential => credential.RevokedAt, (DateTimeOffset?)work.Now)),
            CancellationToken.None);

        _service.Clock.Advance(ServiceCredentials.BelievedFor);

        (await IsGoodAsync(created.Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_request_again_makes_another_and_ends_the_first()
    {
        var first = await CreateAsync(Request("request-1"));

        var second = await CreateAsync(Request("request-1"));

        (await IsGoodAsync(first.Token)).ShouldBeFalse();
        (await IsGoodAsync(second.Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Requests_without_an_id_do_not_end_each_other()
    {
        var first = await CreateAsync(Request());
        await CreateAsync(Request());

        (await IsGoodAsync(first.Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var request = new CreateServiceCredentialRequest
        {
            RequestId = new string('r', 65),
            Name = "The Shop",
            Scopes = { Scopes.Account },
            ExpireTime = new Timestamp { Seconds = long.MaxValue },
        };

        var refusal = await Refusals.OfAsync(() => CreateAsync(request));

        refusal.Fields().ShouldBe(["request_id", "name", "scopes", "expire_time"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2 * 365 * 24 * 60 * 60 + 1)]
    public async Task A_credential_that_is_over_already_or_lasts_too_long_is_refused(long seconds)
    {
        var request = Request();
        request.ExpireTime = (_service.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds)).ToTimestamp();

        (await Refusals.OfAsync(() => CreateAsync(request))).Fields().ShouldBe(["expire_time"]);
    }

    [Fact]
    public async Task Revoking_what_is_not_there_or_not_any_more_is_refused()
    {
        var created = await CreateAsync(Request());
        await RevokeAsync(created.Credential.CredentialId);

        var refusal = await Refusals.OfAsync(() => RevokeAsync(created.Credential.CredentialId));

        refusal.Reason().ShouldBe(ErrorReasons.NotFound);
    }

    [Fact]
    public async Task A_revocation_that_is_sent_again_is_answered_again()
    {
        var created = await CreateAsync(Request());
        await RevokeAsync(created.Credential.CredentialId, "revoke-1");

        await Should.NotThrowAsync(() => RevokeAsync(created.Credential.CredentialId, "revoke-1"));
    }

    [Fact]
    public async Task Both_are_in_the_log_and_the_secret_is_not()
    {
        var created = await CreateAsync(Request());
        await RevokeAsync(created.Credential.CredentialId);

        var events = await _service.Audit.ListEventsAsync(
            new ListEventsRequest { PageSize = 2, Types_ = { EventType.ServiceCredentialCreated, EventType.ServiceCredentialRevoked } },
            _service.AsService);

        events.Events.Select(entry => entry.Type).ShouldBe([EventType.ServiceCredentialRevoked, EventType.ServiceCredentialCreated]);
        events.Events.ShouldAllBe(entry => entry.Details["credential_id"] == created.Credential.CredentialId && entry.Caller == "service:bootstrap-admin");
        events.ToString().ShouldNotContain(created.Token);
    }

    private static CreateServiceCredentialRequest Request(string requestId = "") =>
        new() { RequestId = requestId, Name = "shop", Scopes = { Scopes.AuditRead } };

    private async Task<CreateServiceCredentialResponse> CreateAsync(CreateServiceCredentialRequest request) =>
        await _service.Admin.CreateServiceCredentialAsync(request, _service.AsAdmin);

    private async Task RevokeAsync(string id, string requestId = "") => await _service.Admin.RevokeServiceCredentialAsync(
        new RevokeServiceCredentialRequest { CredentialId = id, RequestId = requestId }, _service.AsAdmin);

    private async Task<bool> IsGoodAsync(string token)
    {
        try
        {
            await _service.Audit.ListEventsAsync(new ListEventsRequest { PageSize = 1 }, TestService.Bearer(token));
            return true;
        }
        catch (RpcException refusal)
        {
            refusal.Reason().ShouldBe(ErrorReasons.CredentialRequired);
            return false;
        }
    }
}
