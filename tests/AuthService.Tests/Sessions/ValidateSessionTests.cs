using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AuthService.Protocol;
using AuthService.V1;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Sessions;

public sealed class ValidateSessionTests(SessionsFixture given) : IClassFixture<SessionsFixture>
{
    private TestService Service => given.Service;

    [Fact]
    public async Task A_good_token_is_answered_with_all_that_a_service_needs()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync(FactorKind.Password, FactorKind.Totp);
        var now = Service.Clock.GetUtcNow();

        var answer = await given.ValidateAsync(session.AccessToken);

        answer.ShouldBe(new ValidateSessionResponse
        {
            Active = true,
            AccountId = owner.Account.Value,
            SessionId = session.SessionId,
            Amr = { "pwd", "otp", "mfa", "rba" },
            Scopes = { "account", "device" },
            Aal = AssuranceLevels.Aal2,
            Risk = RiskLevel.Low,
            ExpiresAt = session.AccessExpiresAt,
            FreshUntil = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(now.AddSeconds(10)),
        });
    }

    [Fact]
    public async Task An_answer_is_fresh_no_longer_than_its_token_lives()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();
        Service.Clock.Advance(TimeSpan.FromSeconds(297));

        var answer = await given.ValidateAsync(session.AccessToken);

        answer.FreshUntil.ShouldBe(session.AccessExpiresAt);
    }

    [Fact]
    public async Task A_token_expires_after_five_minutes_even_if_it_was_seen_before()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();
        await given.ValidateAsync(session.AccessToken);

        Service.Clock.Advance(TimeSpan.FromMinutes(5));

        (await given.ValidateAsync(session.AccessToken)).Reason.ShouldBe(InactiveReason.Expired);
    }

    [Fact]
    public async Task A_token_is_inactive_as_soon_as_its_session_was_revoked()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();
        (await given.ValidateAsync(session.AccessToken)).Active.ShouldBeTrue();

        await given.RevokeAsync(session);

        (await given.ValidateAsync(session.AccessToken)).Reason.ShouldBe(InactiveReason.Revoked);
    }

    [Fact]
    public async Task An_inactive_answer_tells_nothing_about_the_session()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();
        await given.RevokeAsync(session);

        var answer = await given.ValidateAsync(session.AccessToken);

        answer.ShouldBe(new ValidateSessionResponse { Reason = InactiveReason.Revoked });
    }

    [Fact]
    public async Task A_batch_is_answered_in_its_order()
    {
        var owner = await Owner.CreateAsync(Service);
        var (good, revoked) = (await owner.SignInAsync(), await owner.SignInAsync());
        await given.RevokeAsync(revoked);

        var answer = await Service.Sessions.BatchValidateSessionsAsync(
            new BatchValidateSessionsRequest
            {
                Requests =
                {
                    new ValidateSessionRequest { AccessToken = "nonsense" },
                    new ValidateSessionRequest { AccessToken = good.AccessToken },
                    new ValidateSessionRequest { AccessToken = revoked.AccessToken },
                    new ValidateSessionRequest { AccessToken = good.AccessToken, RequiredAal = AssuranceLevels.Aal3 },
                },
            },
            Service.AsService);

        answer.Responses.Select(response => response.Reason).ShouldBe(
            [InactiveReason.Invalid, InactiveReason.Unspecified, InactiveReason.Revoked, InactiveReason.AalTooLow]);
    }

    [Fact]
    public async Task A_batch_of_256_is_taken_and_one_more_is_not()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();
        var batch = new BatchValidateSessionsRequest();
        for (var count = 0; count < 256; count++)
            batch.Requests.Add(new ValidateSessionRequest { AccessToken = session.AccessToken });

        var answer = await Service.Sessions.BatchValidateSessionsAsync(batch, Service.AsService);
        batch.Requests.Add(batch.Requests[0]);
        var refusal = await Refusals.OfAsync(Service.Sessions.BatchValidateSessionsAsync(batch, Service.AsService));

        answer.Responses.Count(response => response.Active).ShouldBe(256);
        refusal.Fields().ShouldBe(["requests"]);
    }

    [Fact]
    public async Task Every_malformed_field_of_a_batch_is_named()
    {
        var batch = new BatchValidateSessionsRequest
        {
            Requests =
            {
                new ValidateSessionRequest(),
                new ValidateSessionRequest { AccessToken = "x", RequiredAal = "high", RequiredScopes = { "" } },
            },
        };

        var refusal = await Refusals.OfAsync(Service.Sessions.BatchValidateSessionsAsync(batch, Service.AsService));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().ShouldBe(["requests[0].access_token", "requests[1].required_scopes", "requests[1].required_aal"]);
    }

    [Fact]
    public async Task Only_services_may_ask()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();
        var question = new ValidateSessionRequest { AccessToken = session.AccessToken };

        var refusal = await Refusals.OfAsync(Service.Sessions.ValidateSessionAsync(question, TestService.Bearer(session.AccessToken)));

        refusal.Reason().ShouldBe(ErrorReasons.CredentialRequired);
    }

    [Fact]
    public async Task Validations_are_counted_by_result()
    {
        await using var service = await TestService.StartAsync();
        var session = await (await Owner.CreateAsync(service)).SignInAsync();
        var meters = service.Services.GetRequiredService<IMeterFactory>();
        var results = new ConcurrentQueue<string?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            // Other tests run services of their own in this process.
            if (instrument.Name == "authservice.session.validations" && instrument.Meter.Scope == meters)
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => results.Enqueue(tags[0].Value as string));
        listener.Start();

        await service.Sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = session.AccessToken }, service.AsService);
        await service.Sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = "nonsense" }, service.AsService);

        results.ShouldBe(["good", "invalid"]);
    }
}
