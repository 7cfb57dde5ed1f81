using AuthService.Accounts;
using AuthService.Protocol;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Risk;

/// <summary>What the service remembers between logins: failures, doubts, whereabouts.</summary>
public sealed class LoginMemoryTests : IAsyncLifetime
{
    private const string Elsewhere = "203.0.113.7";
    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync(new Dictionary<string, string?>
    {
        ["RateLimits:NetworkLogin:PerMinute"] = "6000",
        ["RateLimits:NetworkLogin:Burst"] = "1000",
    });

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_network_that_tries_a_list_is_refused_before_any_secret_and_a_known_device_on_it_is_not()
    {
        var person = await Person.SignUpAsync(_service, rememberDevice: true);
        for (var tried = 0; tried < 68; tried++)
            (await FailAsync(person, $"victim{tried}@example.org")).Reason().ShouldBe(ErrorReasons.InvalidCredentials);

        var refused = await Refusals.OfAsync(() => person.LoginFromAsync(Elsewhere));
        var known = await person.LoginFromAsync(Elsewhere, deviceToken: person.Session.DeviceToken);
        var fromHome = await person.LoginFromAsync(person.Home);

        refused.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        refused.Reason().ShouldBe(ErrorReasons.EnvironmentDenied);
        known.OutcomeCase.ShouldNotBe(LoginResponse.OutcomeOneofCase.None);
        fromHome.OutcomeCase.ShouldNotBe(LoginResponse.OutcomeOneofCase.None);
        (await RefusalsOf("nobody@example.org")).Reason().ShouldBe(ErrorReasons.EnvironmentDenied, "the same for who has no account");

        _service.Clock.Advance(TimeSpan.FromMinutes(61));
        (await person.LoginFromAsync(Elsewhere)).StepUp.ShouldNotBeNull("an hour later it is only a network that the account does not know");
    }

    [Fact]
    public async Task Five_identifiers_that_fail_from_a_network_are_evidence_for_an_account_that_is_none_of_them()
    {
        var person = await Person.SignUpAsync(_service);
        for (var tried = 0; tried < 10; tried++)
            await FailAsync(person, $"somebody{tried / 2}@example.org");

        var verdict = await VerifyAsync(person, Surroundings.AtHome(), Elsewhere);

        verdict.Evidence.Single(line => line.Code == EvidenceCode.IdentifiersFailing).Millibits.ShouldBe(8_000);
        verdict.Evidence.Single(line => line.Code == EvidenceCode.NetworkFailures).Millibits.ShouldBe(5_170, "2·log₂(1 + 10 − 5 forgiven)");
    }

    [Fact]
    public async Task Identifiers_without_an_account_are_told_apart_though_one_decoy_stands_in_for_all_of_them()
    {
        var person = await Person.SignUpAsync(_service);
        var decoys = _service.Services.GetRequiredService<DecoyAccounts>();
        var sharing = Enumerable.Range(0, 1_000).Select(number => $"nobody{number}@example.org")
            .GroupBy(address => decoys.For(Contact.TryParse(address, out var contact) ? contact : throw new FormatException(address)))
            .First(group => group.Count() >= 5);
        foreach (var address in sharing.Take(5))
            await FailAsync(person, address);

        var verdict = await VerifyAsync(person, Surroundings.AtHome(), Elsewhere);

        verdict.Evidence.ShouldContain(line => line.Code == EvidenceCode.IdentifiersFailing);
    }

    [Fact]
    public async Task A_handful_of_failures_of_one_identifier_says_nothing()
    {
        var person = await Person.SignUpAsync(_service);
        for (var tried = 0; tried < 5; tried++)
            await FailAsync(person, person.Email);
        var forgiven = await VerifyAsync(person, Surroundings.AtHome(), Elsewhere);
        _service.Clock.Advance(TimeSpan.FromMinutes(1));
        await FailAsync(person, person.Email);
        var beyond = await VerifyAsync(person, Surroundings.AtHome(), Elsewhere);

        forgiven.Evidence.ShouldNotContain(line => line.Code == EvidenceCode.NetworkFailures || line.Code == EvidenceCode.AccountFailures);
        beyond.Evidence.Single(line => line.Code == EvidenceCode.AccountFailures).Millibits.ShouldBe(2_000);
    }

    [Fact]
    public async Task Leaving_out_what_raised_doubt_does_not_help_until_the_step_up_is_passed()
    {
        var person = await Person.SignUpAsync(_service, rememberDevice: true);
        var stranger = Surroundings.Abroad();
        var stepUp = (await person.LoginFromAsync(person.Home, stranger)).StepUp;
        stranger.Device = null;

        var without = await VerifyAsync(person, stranger, person.Home);
        var elsewhere = await VerifyAsync(person, stranger, Elsewhere);
        await person.CompleteAsync(stepUp, person.Home);
        var passed = await VerifyAsync(person, stranger, person.Home);

        without.Evidence.ShouldContain(line => line.Characteristic == "device.hardware" && line.Code == EvidenceCode.Remembered && line.Millibits > 0);
        elsewhere.Evidence.ShouldNotContain(line => line.Code == EvidenceCode.Remembered);
        passed.Evidence.ShouldNotContain(line => line.Code == EvidenceCode.Remembered);
    }

    [Fact]
    public async Task A_wrong_password_from_the_owners_network_raises_no_doubt_of_the_owner()
    {
        var person = await Person.SignUpAsync(_service);
        await Refusals.OfAsync(() => person.LoginFromAsync(person.Home, Surroundings.Abroad(), password: "wrong teapot orbit 91"));

        (await VerifyAsync(person, Surroundings.AtHome(), person.Home)).Evidence.ShouldNotContain(line => line.Code == EvidenceCode.Remembered);
    }

    [Fact]
    public async Task A_phone_that_is_a_continent_away_within_the_hour_has_not_travelled()
    {
        var person = await Person.SignUpAsync(_service);
        var abroad = Surroundings.AtHome();
        abroad.Location = Surroundings.Abroad().Location;
        _service.Clock.Advance(TimeSpan.FromHours(1));

        var verdict = await VerifyAsync(person, abroad, Elsewhere);
        var atHome = await VerifyAsync(person, Surroundings.AtHome(), person.Home);
        _service.Clock.Advance(TimeSpan.FromHours(48));
        var later = await VerifyAsync(person, abroad, Elsewhere);

        verdict.Evidence.Single(line => line.Code == EvidenceCode.Travel).Millibits.ShouldBe(12_000, "10,000 km");
        atHome.Evidence.ShouldNotContain(line => line.Code == EvidenceCode.Travel);
        later.Evidence.ShouldNotContain(line => line.Code == EvidenceCode.Travel);
    }

    [Fact]
    public async Task Whereabouts_are_sealed_and_gone_after_two_days()
    {
        var person = await Person.SignUpAsync(_service);
        var sealedAt = await ProfileAsync(person);

        _service.Clock.Advance(TimeSpan.FromHours(49));
        await _service.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<ExpirySweeper>().Single()
            .SweepAsync(CancellationToken.None);

        sealedAt.WhereaboutsSealed.ShouldNotBeNull();
        (await ProfileAsync(person)).WhereaboutsSealed.ShouldBeNull();
    }

    [Fact]
    public async Task What_the_signals_say_twice_and_differently_is_evidence()
    {
        var person = await Person.SignUpAsync(_service);
        var contradictory = Surroundings.AtHome();
        contradictory.Location.MccMnc = "724-05";

        (await VerifyAsync(person, contradictory, person.Home)).Evidence
            .ShouldContain(line => line.Characteristic == "consistency.operator" && line.Code == EvidenceCode.Conflict && line.Counted);
    }

    private Task<ProfileRow> ProfileAsync(Person person) => _service.Services.GetRequiredService<Database>().ReadAsync(
        rows => rows.Profiles.SingleAsync(row => row.AccountId == person.AccountId), CancellationToken.None);

    private async Task<RiskVerdict> VerifyAsync(Person person, EnvironmentSignals environment, string peer)
    {
        environment.CollectedAt = _service.Clock.GetUtcNow().ToTimestamp();
        var response = await _service.Ecv.VerifyEcvAsync(
            new VerifyEcvRequest { AccountId = person.AccountId, Environment = environment, PeerAddress = peer }, _service.AsService);
        return response.Verdict;
    }

    private Task<RpcException> FailAsync(Person person, string identifier) => RefusalsOf(identifier, person);

    private Task<RpcException> RefusalsOf(string identifier, Person? person = null) => Refusals.OfAsync(_service.Logins.LoginAsync(
        new LoginRequest { Identifier = identifier, Password = "wrong teapot orbit 91", Environment = person?.Login().Environment },
        TestService.From(Elsewhere)));
}
