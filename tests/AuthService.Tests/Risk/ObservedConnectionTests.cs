using AuthService.Environments.Addresses;
using AuthService.Tests.Environments.Addresses;
using AuthService.Tests.Security.Keys;
using AuthService.V1;

namespace AuthService.Tests.Risk;

/// <summary>What the operator's files tell of addresses, as it shows in verdicts.</summary>
public sealed class ObservedConnectionTests : IAsyncLifetime
{
    private const string SameOperator = "192.0.2.9", OtherOperator = "203.0.113.9", OtherCountry = "198.18.5.9", Nowhere = "198.19.1.1";

    private readonly TemporaryFolder _files = new();
    private TestService _service = null!;

    private string Classes => _files.File("classes.txt");

    public async Task InitializeAsync()
    {
        new MmdbWriter()
            .Add("198.51.0.0/16", ("country_code", "DE"), ("autonomous_system_number", 64_496u))
            .Add("192.0.2.0/24", ("country_code", "DE"), ("autonomous_system_number", 64_496u))
            .Add("203.0.113.0/24", ("country_code", "DE"), ("autonomous_system_number", 64_497u))
            .Add("198.18.5.0/24", ("country_code", "BR"), ("autonomous_system_number", 64_498u))
            .WriteTo(_files.File("addresses.mmdb"));
        await File.WriteAllTextAsync(Classes, "# nothing yet\n");
        _service = await TestService.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AddressSources:MmdbFiles:0"] = _files.File("addresses.mmdb"),
            ["AddressSources:PrefixFile"] = Classes,
        });
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task A_login_is_the_riskier_the_farther_its_network_is_from_those_known()
    {
        var person = await Person.SignUpAsync(_service);

        var home = await OriginOfLoginAsync(person, person.Home);
        var sameOperator = await OriginOfLoginAsync(person, SameOperator);
        var otherOperator = await OriginOfLoginAsync(person, OtherOperator);
        var otherCountry = await OriginOfLoginAsync(person, OtherCountry);

        (home.Code, sameOperator.Code, otherOperator.Code, otherCountry.Code).ShouldBe(
            (EvidenceCode.Seen, EvidenceCode.SeenCoarse, EvidenceCode.SeenCoarse, EvidenceCode.Unseen));
        home.Millibits.ShouldBeLessThan(sameOperator.Millibits);
        sameOperator.Millibits.ShouldBeLessThan(otherOperator.Millibits);
        otherOperator.Millibits.ShouldBeLessThan(otherCountry.Millibits);
    }

    [Theory]
    [InlineData(SameOperator, EvidenceCode.SeenCoarse)]
    [InlineData("::ffff:192.0.2.9", EvidenceCode.SeenCoarse)]
    [InlineData(OtherCountry, EvidenceCode.Unseen)]
    [InlineData(Nowhere, EvidenceCode.Unseen)]
    public async Task A_service_that_asks_gets_the_same_observation(string peer, EvidenceCode code)
    {
        var person = await Person.SignUpAsync(_service);

        var verdict = (await _service.Ecv.VerifyEcvAsync(
            new VerifyEcvRequest { AccountId = person.AccountId, Environment = Surroundings.AtHome(), PeerAddress = peer }, _service.AsService)).Verdict;

        OriginIn(verdict).Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_network_that_turns_out_to_be_a_data_centres_no_longer_opens_the_gate()
    {
        var person = await FamiliarAtHomeAsync();
        var before = await person.LoginFromAsync(person.Home);

        await File.WriteAllTextAsync(Classes, $"{person.Home}/32 hosting # somebody rents it out\n");
        _service.Clock.Advance(AddressSourceWatch.Period);
        var after = await person.LoginFromAsync(person.Home);

        before.OutcomeCase.ShouldBe(LoginResponse.OutcomeOneofCase.Session);
        after.OutcomeCase.ShouldBe(LoginResponse.OutcomeOneofCase.StepUp);
        (await LastVerdictAsync(person)).Gate.ShouldBe(Gate.Shut);
    }

    /// <summary>Somebody who has signed in from home on three days.</summary>
    private async Task<Person> FamiliarAtHomeAsync()
    {
        var person = await Person.SignUpAsync(_service);
        for (var day = 1; day <= 2; day++)
        {
            _service.Clock.Advance(TimeSpan.FromDays(1));
            if ((await person.LoginFromAsync(person.Home)).StepUp is { } stepUp)
                await person.CompleteAsync(stepUp, person.Home);
        }

        _service.Clock.Advance(TimeSpan.FromDays(1));
        return person;
    }

    private async Task<Evidence> OriginOfLoginAsync(Person person, string address)
    {
        await person.LoginFromAsync(address);
        return OriginIn(await LastVerdictAsync(person));
    }

    private async Task<RiskVerdict> LastVerdictAsync(Person person) => (await _service.Audit.ListEventsAsync(
        new ListEventsRequest { AccountId = person.AccountId, Types_ = { EventType.StepUpRequired } }, _service.AsAdmin))
        .Events.MaxBy(entry => entry.Sequence)!.Verdict;

    private static Evidence OriginIn(RiskVerdict verdict) => verdict.Evidence.Single(line => line.Characteristic == "network.origin");
}
