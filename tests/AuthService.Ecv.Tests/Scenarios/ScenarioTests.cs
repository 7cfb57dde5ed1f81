using System.Globalization;
using System.Net;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using Xunit.Abstractions;

namespace AuthService.Ecv.Tests.Scenarios;

/// <summary>What the default policy makes of people's days, and of attackers'. Prints the table of docs/adr/0002-evidence-in-bits.md.</summary>
public sealed class ScenarioTests(ITestOutputHelper output)
{
    private static readonly ConnectionObservation Home = Connection("203.0.113.7", "DE", 3320, NetworkClass.Fixed);
    private static readonly ConnectionObservation Cafe = Connection("198.51.100.20", "DE", 6805, NetworkClass.Fixed);
    private static readonly ConnectionObservation Hotel = Connection("192.0.2.77", "PT", 2860, NetworkClass.Fixed);
    private static readonly ConnectionObservation NextDoor = Connection("203.0.114.50", "DE", 3320, NetworkClass.Fixed);
    private static readonly ConnectionObservation Vpn = Connection("198.51.100.99", "DE", 9009, NetworkClass.Vpn);
    private static readonly ConnectionObservation Mobile = Connection("100.64.3.1", "DE", 3320, NetworkClass.Mobile);

    private static readonly string Adr =
        File.ReadAllText(Path.Combine(ExampleEnvironment.Repository, "docs", "adr", "0002-evidence-in-bits.md"));

    /// <summary>Who, from which surroundings, over which connection, with what; and what must come of it after 2, 12 and 64 logins.</summary>
    public static TheoryData<string, string, string, string, string> Scenarios { get; } = new()
    {
        { "owner, at home, key", "android-phone-at-home", "home", "key", "ALLOW ALLOW ALLOW" },
        { "owner, abroad, key", "android-phone-abroad", "hotel", "key", "ALLOW ALLOW ALLOW" },
        { "owner, mobile data, key", "android-phone-on-mobile-data", "mobile", "key", "ALLOW ALLOW ALLOW" },
        { "owner, at home, device token", "android-phone-at-home", "home", "token", "ALLOW ALLOW ALLOW" },
        { "owner, mobile data, device token", "android-phone-on-mobile-data", "mobile", "token", "STEP_UP STEP_UP STEP_UP" },
        { "owner, café, device token", "android-phone-at-home", "cafe", "token", "STEP_UP STEP_UP STEP_UP" },
        { "owner, abroad, device token", "android-phone-abroad", "hotel", "token", "STEP_UP STEP_UP STEP_UP" },
        { "owner, at home, nothing but the network", "android-phone-at-home", "home", "nothing", "ALLOW ALLOW ALLOW" },
        { "owner, abroad, nothing", "android-phone-abroad", "hotel", "nothing", "STEP_UP STEP_UP STEP_UP" },
        { "owner, new phone at home, nothing but the network", "new-phone-at-home", "home", "nothing", "ALLOW ALLOW STEP_UP" },
        { "flatmate, own phone at the owner's home", "flatmates-phone", "home", "nothing", "STEP_UP STEP_UP STEP_UP" },
        { "flatmate, at the owner's home, no device told", "places-only", "home", "nothing", "STEP_UP STEP_UP STEP_UP" },
        { "owner, new phone abroad, nothing", "new-android-phone-abroad", "hotel", "nothing", "STEP_UP STEP_UP STEP_UP" },
        { "thief, copied profile, own network", "android-phone-at-home", "hotel", "unsigned", "STEP_UP STEP_UP STEP_UP" },
        { "thief, copied profile, VPN in the country", "android-phone-at-home", "vpn", "unsigned", "STEP_UP STEP_UP STEP_UP" },
        { "thief, copied profile and device token, own network", "android-phone-at-home", "hotel", "token", "STEP_UP STEP_UP STEP_UP" },
        { "thief, copied profile and device token, the owner's operator", "android-phone-at-home", "nextdoor", "token", "STEP_UP STEP_UP STEP_UP" },
        { "thief, copied profile and device token, another operator", "android-phone-at-home", "cafe", "token", "STEP_UP STEP_UP STEP_UP" },
        { "thief, copied profile and device token, no address files", "android-phone-at-home", "unlabelled", "token", "STEP_UP STEP_UP STEP_UP" },
        { "stranger, right password", "stranger", "hotel", "nothing", "STEP_UP STEP_UP STEP_UP" },
        { "stranger, relayed challenge, 30 failures before", "stranger", "hotel", "hostile", "STEP_UP STEP_UP DENY" },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_default_policy_decides_as_the_ADR_says(string who, string signals, string connection, string with, string decisions)
    {
        var verdicts = new[] { 2, 12, 64 }.Select(logins => Judge(OwnersProfile(logins, connection == "unlabelled"), signals, connection, with)).ToList();

        var row = $"| {who} | {string.Join(" | ", verdicts.Select(Show))} |";
        output.WriteLine(row);
        string.Join(' ', verdicts.Select(verdict => Name(verdict.Decision))).ShouldBe(decisions);
        Adr.ShouldContain(row);
    }

    [Fact]
    public void The_first_login_after_sign_up_asks_for_more_and_with_a_device_token_for_nothing()
    {
        var signedUp = Profile.Empty.Learn(Tokenize("android-phone-at-home", Home), World.Lesson(0, LearnedHow.SignUp));

        Judge(signedUp, "android-phone-at-home", "home", "nothing", afterDays: 0).Decision.ShouldBe(Decision.StepUp);
        Judge(signedUp, "android-phone-at-home", "home", "token", afterDays: 0).Decision.ShouldBe(Decision.Allow);
        Judge(signedUp, "stranger", "hotel", "nothing", afterDays: 0).Decision.ShouldBe(Decision.StepUp);
    }

    [Fact]
    public void Surroundings_alone_never_turn_anybody_away()
    {
        var policy = RiskPolicy.Default;

        (policy.Device.Doubt + policy.Place.Doubt + policy.Company.Doubt + policy.Habit.Doubt).ShouldBeLessThan(policy.DenyFrom);
    }

    [Fact]
    public void A_verdict_reads_like_an_explanation()
    {
        var verdict = Judge(OwnersProfile(12), "new-android-phone-abroad", "hotel", "nothing");

        foreach (var line in verdict.Evidence)
            output.WriteLine($"{line.Characteristic,-16} {line.Group,-8} {line.Code,-12} {line.Millibits,8} {(line.Counted ? "counted" : ""),-8} {line.Provenance}");
        verdict.Evidence.Where(line => line.Counted).Select(line => line.Characteristic)
            .ShouldBe(["device.model", "network.origin", "time.habit"], ignoreOrder: true);
    }

    /// <summary>Logins from home, with the phone, each on its own day.</summary>
    private static Profile OwnersProfile(int logins, bool unlabelled = false)
    {
        var home = Tokenize("android-phone-at-home", unlabelled ? Unlabelled(Home) : Home);
        var profile = Profile.Empty;
        for (var login = 0; login < logins; login++)
            profile = profile.Learn(home, World.Lesson(login, login == 0 ? LearnedHow.SignUp : LearnedHow.Allow, time: World.Start.AddDays(login)));
        return profile;
    }

    private static RiskVerdict Judge(Profile profile, string signals, string connection, string with, int afterDays = 70)
    {
        var observation = connection switch { "home" => Home, "cafe" => Cafe, "hotel" => Hotel, "vpn" => Vpn, "nextdoor" => NextDoor, "unlabelled" => Unlabelled(NextDoor), _ => Mobile };
        var facts = new CallFacts
        {
            Proof = with == "key" ? ProofState.Valid : ProofState.None,
            DeviceTokenValid = with == "token",
            ProofMissing = with == "unsigned",
            ChallengeRelayed = with == "hostile",
            NetworkFailures = with == "hostile" ? 30 : 0,
            AccountsOnNetwork = 2,
        };
        return World.Judge(profile, Tokenize(signals, observation), facts, World.Start.AddDays(afterDays));
    }

    private static TokenizedEnvironment Tokenize(string signals, ConnectionObservation connection)
    {
        var home = ExampleEnvironment.Read("android-phone-at-home");
        var otherPhone = home with { Device = ExampleEnvironment.Read("new-android-phone-abroad").Device };
        return World.Tokenize(signals switch
        {
            "new-phone-at-home" => otherPhone,
            "places-only" => new RawSignals { Wifi = home.Wifi, Location = home.Location },
            "flatmates-phone" => otherPhone with { PlatformAccountHashes = ["9f86d081884c7d65"] },
            _ => ExampleEnvironment.Read(signals),
        }, connection);
    }

    private static ConnectionObservation Connection(string peer, string country, uint asn, NetworkClass network) =>
        new() { Peer = IPAddress.Parse(peer), Country = country, Asn = asn, NetworkClass = network, Time = World.Start };

    /// <summary>As a deployment sees it that has no files of who holds which addresses.</summary>
    private static ConnectionObservation Unlabelled(ConnectionObservation seen) =>
        seen with { Country = null, Asn = null, NetworkClass = NetworkClass.Unknown };

    private static string Show(RiskVerdict verdict) =>
        string.Create(CultureInfo.InvariantCulture, $"{verdict.ScoreMillibits / 1000.0:+0.0;−0.0;0.0} {Name(verdict.Decision)}");

    private static string Name(Decision decision) => decision switch { Decision.Allow => "ALLOW", Decision.Deny => "DENY", _ => "STEP_UP" };
}
