using AuthService.Protocol;
using AuthService.V1;
using Google.Rpc;
using Grpc.Core;

namespace AuthService.Tests.Login;

public sealed class SignInTests : IAsyncLifetime
{
    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Somebody_new_has_to_step_up_even_at_home_until_the_network_is_familiar()
    {
        var person = await Person.SignUpAsync(_service);

        var first = await person.LoginFromAsync(person.Home);
        for (var day = 1; day <= 2; day++)
        {
            _service.Clock.Advance(TimeSpan.FromDays(1));
            if ((await person.LoginFromAsync(person.Home)).StepUp is { } stepUp)
                await person.CompleteAsync(stepUp, person.Home);
        }

        _service.Clock.Advance(TimeSpan.FromDays(1));
        var later = await person.LoginFromAsync(person.Home);

        first.OutcomeCase.ShouldBe(LoginResponse.OutcomeOneofCase.StepUp);
        later.OutcomeCase.ShouldBe(LoginResponse.OutcomeOneofCase.Session);
    }

    [Fact]
    public async Task A_proof_by_time_is_no_proof_at_a_login_since_nobody_could_tell_whether_it_was_relayed()
    {
        var person = await Person.SignUpAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, person.Session);
        LoginRequest[] requests =
        [
            person.Login(),
            new() { Identifier = person.Email, Device = new DeviceCredential { DeviceId = phone.Device.DeviceId }, Environment = Surroundings.AtHome() },
        ];

        foreach (var request in requests)
        {
            var byTime = phone.Proof(LoginService.Descriptor, "Login", request) with { Token = null };
            var refusal = await Refusals.OfAsync(_service.Logins.LoginAsync(request, TestService.From(person.Home, await byTime.ToMetadataAsync())));

            refusal.Reason().ShouldBe(ErrorReasons.InvalidProof);
        }
    }

    [Fact]
    public async Task A_device_that_is_remembered_signs_in_at_home_with_the_password_alone()
    {
        var person = await Person.SignUpAsync(_service, rememberDevice: true);

        var response = await person.LoginFromAsync(person.Home, deviceToken: person.Session.DeviceToken);

        response.Session.ShouldNotBeNull();
        response.Session.DeviceToken.ShouldNotBeEmpty();
        response.Session.DeviceToken.ShouldNotBe(person.Session.DeviceToken);
    }

    [Fact]
    public async Task New_surroundings_need_a_step_up_and_its_code_opens_a_session()
    {
        var person = await Person.SignUpAsync(_service);

        var response = await person.LoginFromAsync("203.0.113.7", Surroundings.Abroad());
        var session = await person.CompleteAsync(response.StepUp, "203.0.113.7");

        response.StepUp.AllowedFactors.ShouldBe([FactorKind.EmailCode]);
        var validated = await _service.Sessions.ValidateSessionAsync(
            new ValidateSessionRequest { AccessToken = session.AccessToken }, _service.AsService);
        validated.Active.ShouldBeTrue();
        validated.Risk.ShouldBe(RiskLevel.Elevated);
        validated.Aal.ShouldBe(AssuranceLevels.Aal1, "an e-mail code never raises a session");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_identifier_get_the_same_answer()
    {
        var person = await Person.SignUpAsync(_service);
        var stranger = person.Login(password: "not the password of anybody");
        stranger.Identifier = "nobody@example.org";

        var wrong = await Refusals.OfAsync(() => person.LoginFromAsync(person.Home, password: "not the password of anybody"));
        var unknown = await Refusals.OfAsync(_service.Logins.LoginAsync(stranger, TestService.From(person.Home)));

        wrong.Reason().ShouldBe(ErrorReasons.InvalidCredentials);
        unknown.StatusCode.ShouldBe(wrong.StatusCode);
        unknown.Trailers.Select(entry => (entry.Key, entry.IsBinary ? Convert.ToHexString(entry.ValueBytes) : entry.Value))
            .Where(entry => entry.Key != "date")
            .ShouldBe(wrong.Trailers.Select(entry => (entry.Key, entry.IsBinary ? Convert.ToHexString(entry.ValueBytes) : entry.Value))
                .Where(entry => entry.Key != "date"));
    }

    [Fact]
    public async Task A_login_of_nobody_writes_what_a_login_of_somebody_writes()
    {
        var person = await Person.SignUpAsync(_service);
        var nobody = person.Login(password: "wrong wrong wrong wrong");
        nobody.Identifier = "nobody@example.org";

        var before = await RowCounts.OfAsync(_service);
        await Refusals.OfAsync(() => person.LoginFromAsync(person.Home, password: "wrong wrong wrong wrong"));
        var known = await RowCounts.OfAsync(_service);
        await Refusals.OfAsync(_service.Logins.LoginAsync(nobody, TestService.From(person.Home)));
        var unknown = await RowCounts.OfAsync(_service);

        RowCounts.Difference(known, unknown).ShouldBe(RowCounts.Difference(before, known));
        RowCounts.Difference(before, known).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Wrong_passwords_at_once_are_counted_before_they_are_compared()
    {
        var person = await Person.SignUpAsync(_service, rememberDevice: true);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            var refusal = await Refusals.OfAsync(() => person.LoginFromAsync($"192.0.2.{1 + (number % 250)}", password: $"wrong number {number}"));
            return refusal.Reason();
        }));
        var owner = await person.LoginFromAsync(person.Home, deviceToken: person.Session.DeviceToken);

        answers.Count(reason => reason == ErrorReasons.InvalidCredentials).ShouldBeInRange(1, 5);
        answers.Count(reason => reason == ErrorReasons.RateLimited).ShouldBeGreaterThan(190);
        owner.Session.ShouldNotBeNull("the owner's own device has an allowance of its own");
    }

    [Fact]
    public async Task A_delay_after_failures_tells_when_to_come_back_and_then_ends()
    {
        var person = await Person.SignUpAsync(_service);
        for (var number = 0; number < 5; number++)
            await Refusals.OfAsync(() => person.LoginFromAsync(person.Home, password: "wrong wrong wrong wrong"));

        var refused = await Refusals.OfAsync(() => person.LoginFromAsync(person.Home));
        var retryAfter = refused.GetRpcStatus()!.GetDetail<RetryInfo>().RetryDelay.ToTimeSpan();
        _service.Clock.Advance(retryAfter);
        var answered = await person.LoginFromAsync(person.Home);

        refused.Reason().ShouldBe(ErrorReasons.RateLimited);
        refused.GetRpcStatus()!.GetDetail<QuotaFailure>().Violations.ShouldNotBeEmpty();
        answered.OutcomeCase.ShouldNotBe(LoginResponse.OutcomeOneofCase.None);
    }

    [Fact]
    public async Task The_same_request_again_ends_the_session_that_the_first_one_opened()
    {
        var person = await Person.SignUpAsync(_service, rememberDevice: true);
        var request = person.Login(deviceToken: person.Session.DeviceToken);
        request.RequestId = "one-request";

        var first = await _service.Logins.LoginAsync(request, TestService.From(person.Home));
        var second = await _service.Logins.LoginAsync(request, TestService.From(person.Home));

        (await IsActiveAsync(first.Session)).ShouldBeFalse();
        (await IsActiveAsync(second.Session)).ShouldBeTrue();
    }

    [Fact]
    public async Task Every_field_that_is_wrong_is_named_at_once()
    {
        var request = new LoginRequest
        {
            RequestId = "with space",
            Identifier = "neither mail nor number",
            Environment = new EnvironmentSignals
            {
                Wifi = new WifiSignals { Ssid = new string('x', 33), Bssid = "zz:zz" },
                Location = new LocationSignals { Latitude = double.NaN, Longitude = 181, CountryCode = "Germany" },
            },
        };

        var refusal = await Refusals.OfAsync(_service.Logins.LoginAsync(request));

        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().Distinct().ShouldBe(
        [
            "request_id", "identifier", "password", "environment.wifi.ssid", "environment.wifi.bssid",
            "environment.location.country_code", "environment.location.latitude", "environment.location.longitude",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task A_verdict_stands_in_the_log_with_its_evidence()
    {
        var person = await Person.SignUpAsync(_service);
        await person.LoginFromAsync("203.0.113.7", Surroundings.Abroad());

        var events = await _service.Audit.ListEventsAsync(
            new ListEventsRequest { AccountId = person.AccountId, Types_ = { EventType.StepUpRequired } }, _service.AsAdmin);

        var verdict = events.Events.ShouldHaveSingleItem().Verdict;
        verdict.Decision.ShouldBe(Decision.StepUp);
        verdict.Gate.ShouldBe(Gate.Shut);
        verdict.Evidence.ShouldContain(line => line.Characteristic == "place.region" && line.Millibits > 0);
        verdict.ScoreMillibits.ShouldBe(verdict.Evidence.Where(line => line.Counted).Sum(line => line.Millibits));
    }

    private async Task<bool> IsActiveAsync(Session session) =>
        (await _service.Sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = session.AccessToken }, _service.AsService)).Active;
}
