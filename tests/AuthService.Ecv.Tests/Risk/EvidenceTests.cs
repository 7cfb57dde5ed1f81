using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.Ecv.Values;
using CsCheck;

namespace AuthService.Ecv.Tests.Risk;

public sealed class EvidenceTests
{
    [Fact]
    public void A_value_seen_before_never_counts_above_zero() =>
        Gen.Select(Worlds.Histories, Worlds.Surroundings).Sample((profile, surroundings) =>
            World.Judge(profile, World.Tokenize(surroundings.Signals, surroundings.Connection)).Evidence
                .Where(line => line.Code is EvidenceCode.Seen or EvidenceCode.Upgraded)
                .ShouldAllBe(line => line.Millibits <= 0), iter: Worlds.Cases);

    [Fact]
    public void A_group_speaks_by_its_largest_doubt_or_else_its_greatest_trust() =>
        Gen.Select(Worlds.Histories, Worlds.Surroundings).Sample((profile, surroundings) =>
        {
            var verdict = World.Judge(profile, World.Tokenize(surroundings.Signals, surroundings.Connection));

            foreach (var group in verdict.Evidence.Where(line => line.Code is not (EvidenceCode.Absent or EvidenceCode.NoHistory)).GroupBy(line => line.Group, StringComparer.Ordinal))
            {
                var (most, least) = (group.Max(line => line.Millibits), group.Min(line => line.Millibits));
                group.Single(line => line.Counted).Millibits.ShouldBe(most > 0 ? most : least, group.Key);
            }

            verdict.ScoreMillibits.ShouldBe(verdict.Evidence.Where(line => line.Counted).Sum(line => line.Millibits));
        }, iter: Worlds.Cases);

    [Fact]
    public void Absent_scores_exactly_zero_whatever_the_habit()
    {
        var profile = World.Taught(30, World.Tokenize(World.Phone, World.Home));

        var verdict = World.Judge(profile, TokenizedEnvironment.Empty);

        verdict.Evidence.ShouldAllBe(line => line.Code == EvidenceCode.Absent && line.Millibits == 0 && !line.Counted);
        (verdict.ScoreMillibits, verdict.Decision).ShouldBe((0, Decision.StepUp));
    }

    [Fact]
    public void A_claim_of_a_place_that_others_know_earns_a_quarter_of_the_trust_of_a_proven_one_and_other_claims_all()
    {
        var profile = World.Taught(12, World.Tokenize(World.Phone));
        var proof = new CallFacts { Proof = ProofState.Valid };
        long Bits(string kind, RawSignals signals, CallFacts? facts) => World.Judge(profile, World.Tokenize(signals), facts).Line(kind).Millibits;

        Bits("place.region", World.Phone, null).ShouldBe(Bits("place.region", World.Phone, proof) / 4);
        Bits("device.model", World.Phone, null).ShouldBe(Bits("device.model", World.Phone, proof));
        Bits("device.hardware", World.Phone, null).ShouldBe(Bits("device.hardware", World.Phone, proof));
        Bits("place.region", Worlds.AllNew, null).ShouldBe(Bits("place.region", Worlds.AllNew, proof));
    }

    [Fact]
    public void An_SSID_alone_is_read_in_the_street_and_with_its_access_point_only_nearby()
    {
        var profile = World.Taught(12, World.Tokenize(World.Phone));
        var proof = new CallFacts { Proof = ProofState.Valid };
        long Bits(RawWifiSignals wifi, CallFacts? facts) =>
            World.Judge(profile, World.Tokenize(new RawSignals { Wifi = wifi }), facts).Line("wifi.network").Millibits;
        var (ssid, both) = (new RawWifiSignals { Ssid = World.Phone.Wifi!.Ssid }, World.Phone.Wifi with { Neighbours = [] });

        Bits(ssid, null).ShouldBe(Bits(ssid, proof) / 4);
        Bits(both, null).ShouldBe(Bits(both, proof));
    }

    [Fact]
    public void Whoever_is_given_another_prefix_each_time_is_doubted_less_for_the_next()
    {
        var (steady, changing) = (Profile.Empty, Profile.Empty);
        for (var login = 0; login < 12; login++)
        {
            steady = steady.Learn(World.Observed("203.0.113.7"), World.Lesson(login));
            changing = changing.Learn(World.Observed($"203.0.{login + 1}.7"), World.Lesson(login));
        }

        long Bits(Profile profile, string peer) => World.Judge(profile, World.Observed(peer)).Line("network.origin").Millibits;

        // Twelve of twelve were new: log₂(24/12), where one of one would be log₂(13/1).
        (Bits(steady, "192.0.2.1") - Bits(changing, "192.0.2.1")).ShouldBeInRange(2_695, 2_705);
        Bits(changing, "203.0.1.7").ShouldBeLessThan(Bits(changing, "192.0.2.1"));
    }

    [Fact]
    public void An_operator_where_a_thief_rents_a_line_earns_a_device_token_no_trust_and_a_known_prefix_does()
    {
        var profile = World.Taught(2, World.Observed("203.0.113.7"));
        var token = new CallFacts { DeviceTokenValid = true };

        var nextDoor = World.Judge(profile, World.Observed("203.0.114.7"), token).Line("network.origin");
        var halved = World.Judge(profile, World.Observed("203.0.114.7"), token, policy: RiskPolicy.Default with { CoarseOriginTrustPercent = 50 });
        var home = World.Judge(profile, World.Observed("203.0.113.9"), token).Line("network.origin");
        var closed = World.Judge(profile, World.Observed("203.0.114.7")).Line("network.origin");

        (nextDoor.Code, nextDoor.Millibits).ShouldBe((EvidenceCode.SeenCoarse, 0));
        halved.Line("network.origin").Millibits.ShouldBe(closed.Millibits / 2);
        home.Millibits.ShouldBeLessThan(-8_000);
        closed.Millibits.ShouldBeLessThan(0);
    }

    [Fact]
    public void A_claimed_place_earns_nothing_where_a_device_token_opened_the_gate()
    {
        var profile = World.Taught(12, World.Tokenize(World.Phone, World.Home));
        var elsewhere = World.Tokenize(World.Phone, World.Home with { Peer = System.Net.IPAddress.Parse("203.0.114.7") });

        long Place(CallFacts facts) => World.Judge(profile, elsewhere, facts).Evidence.Where(line => line.Group == "place").Min(line => line.Millibits);

        Place(new CallFacts()).ShouldBe(RiskPolicy.Default.Place.Trust);
        Place(new CallFacts { DeviceTokenValid = true }).ShouldBe(0);
        Place(new CallFacts { DeviceTokenValid = true, Proof = ProofState.Valid }).ShouldBe(RiskPolicy.Default.Place.Trust);
    }

    [Theory]
    [InlineData("15", EvidenceCode.Seen)]
    [InlineData("15.1", EvidenceCode.Upgraded)]
    [InlineData("16", EvidenceCode.Upgraded)]
    [InlineData("14.9.9", EvidenceCode.Downgraded)]
    [InlineData("3", EvidenceCode.Downgraded)]
    public void A_newer_system_is_no_mismatch_and_an_older_one_is(string version, EvidenceCode code)
    {
        var profile = World.Taught(12, Android("15"));

        var line = World.Judge(profile, Android(version)).Line("device.os");

        line.Code.ShouldBe(code);
        (line.Millibits > 0).ShouldBe(code == EvidenceCode.Downgraded);
    }

    [Fact]
    public void A_version_given_up_for_a_newer_one_does_not_excuse_an_old_system()
    {
        var profile = World.Taught(12, Android("13"))
            .Learn(Android("15"), World.Lesson(50, time: World.Start.AddDays(1)))
            .Learn(Android("15"), World.Lesson(51, time: World.Start.AddDays(2)));

        World.Judge(profile, Android("14"), time: World.Start.AddDays(3)).Line("device.os").Code.ShouldBe(EvidenceCode.Downgraded);
    }

    [Fact]
    public void A_second_device_in_use_with_an_older_system_may_be_upgraded()
    {
        var profile = World.Taught(3, Android("12"))
            .Learn(Android("15"), World.Lesson(50, time: World.Start.AddDays(1)))
            .Learn(Android("12"), World.Lesson(51, time: World.Start.AddDays(2)));

        World.Judge(profile, Android("13"), time: World.Start.AddDays(3)).Line("device.os").Code.ShouldBe(EvidenceCode.Upgraded);
    }

    [Fact]
    public void What_a_step_up_taught_weighs_half_until_a_second_day()
    {
        var network = World.Observed("203.0.113.7");
        var stranger = World.Observed("198.51.100.1", "FR", 3215);
        long StrangerAfter(Profile profile) => World.Judge(profile, stranger, time: World.Start.AddDays(1)).Line("network.origin").Millibits;

        var half = Profile.Empty.Learn(network, World.Lesson(1, LearnedHow.StepUp));
        var whole = half.Learn(network, World.Lesson(2, LearnedHow.StepUp, time: World.Start.AddDays(1)));

        StrangerAfter(half).ShouldBeInRange((3 * 585) - 1, (3 * 585) + 1, "three levels of log2(1 + 1/2)");
        StrangerAfter(whole).ShouldBeInRange((3 * 1585) - 1, (3 * 1585) + 1, "three levels of log2(1 + 2)");
    }

    [Fact]
    public void History_saturates_at_sixty_four_logins()
    {
        var stranger = World.Observed("198.51.100.1", "FR", 3215);
        var uncapped = RiskPolicy.Default with { Place = new GroupCaps(-64_000, 64_000) };
        long After(int logins) =>
            World.Judge(World.Taught(logins, World.Observed("203.0.113.7")), stranger, policy: uncapped).Line("network.origin").Millibits;

        After(64).ShouldBe(18_067, "three levels of log2(1 + 64)");
        After(200).ShouldBe(After(64));
    }

    [Fact]
    public void A_scene_that_lost_an_access_point_is_similar_and_lies_between()
    {
        var profile = World.Taught(12, World.Tokenize(World.Phone));
        var fewer = World.Phone with { Wifi = World.Phone.Wifi! with { Neighbours = [.. World.Phone.Wifi.Neighbours.Skip(1)] } };
        var facts = new CallFacts { Proof = ProofState.Valid };
        EvidenceLine Scene(RawSignals signals) => World.Judge(profile, World.Tokenize(signals), facts).Line("wifi.scene");

        Scene(World.Phone).Code.ShouldBe(EvidenceCode.Seen);
        Scene(fewer).Code.ShouldBe(EvidenceCode.Similar);
        Scene(Worlds.AllNew).Code.ShouldBe(EvidenceCode.Unseen);
        Scene(fewer).Millibits.ShouldBeInRange(Scene(World.Phone).Millibits + 1, Scene(Worlds.AllNew).Millibits - 1);
    }

    [Fact]
    public void A_value_that_many_share_earns_less_than_a_rare_one()
    {
        var profile = World.Taught(12, World.Tokenize(World.Phone));
        PopulationCounts Eduroam(long accounts) => new([(CharacteristicKind.WifiNetwork, 0, accounts, 100_000)]);
        var ssidOnly = World.Tokenize(new RawSignals { Wifi = new() { Ssid = World.Phone.Wifi!.Ssid } });
        long Bits(long accounts) => World.Judge(profile, ssidOnly, population: Eduroam(accounts)).Line("wifi.network").Millibits;

        Bits(50_000).ShouldBeGreaterThan(Bits(500));
        Bits(19).ShouldBe(Bits(1), "fewer than twenty are not told apart");
    }

    [Theory]
    [InlineData(0, 0, 0.0028)]
    [InlineData(5, 10, (10 + 2.8) / 1010)]
    [InlineData(3, 1_000, (20 + 2.8) / 2_000)]
    [InlineData(900, 1_000, (900 + 2.8) / 2_000)]
    [InlineData(1_000_000, 1_000_000, (1_000_000 + 2.8) / 1_001_000)]
    public void P_counts_accounts_with_a_prior_worth_a_thousand(long accounts, long parentAccounts, double expected)
    {
        var counts = new PopulationCounts([(CharacteristicKind.NetworkOrigin, 2, accounts, parentAccounts)]);

        (counts.Probability(CharacteristicKind.NetworkOrigin, 2) / Math.Pow(2, 32)).ShouldBe(expected, 1e-8);
    }

    [Fact]
    public void Scored_from_a_value_alone_the_verdict_says_what_it_could_not_see()
    {
        var profile = World.Taught(12, World.Tokenize(World.Phone, World.Home));
        var account = AccountBinding.Derive(World.Key, "acc_de_1");
        var text = EcvValue.Encode(World.Tokenize(World.Phone), account, "k1", new byte[32]);
        EcvValue.TryDecode(text, account, _ => new byte[32], out var decoded, out _).ShouldBeTrue();

        var verdict = World.Judge(profile, decoded);

        verdict.Caveats.ShouldContain(caveat => caveat.Contains("ECV alone", StringComparison.Ordinal));
        verdict.Caveats.ShouldContain(caveat => caveat.Contains("network.origin is absent", StringComparison.Ordinal));
        verdict.Line("network.origin").Code.ShouldBe(EvidenceCode.Absent);
        verdict.Line("place.geo").Code.ShouldBe(EvidenceCode.Seen);
        verdict.Decision.ShouldBe(Decision.StepUp);
    }

    [Fact]
    public void Evidence_from_outside_the_groups_counts_line_by_line()
    {
        var facts = new CallFacts
        {
            DeviceTokenValid = true, ProofMissing = true, ChallengeRelayed = true, NetworkFailures = 8,
            Outside = [new("travel", EvidenceCode.Unseen, 6_000, Provenance.Observed)],
        };

        var verdict = World.Judge(Profile.Empty, TokenizedEnvironment.Empty, facts);

        verdict.Evidence.Where(line => line.Counted).Select(line => (line.Characteristic, line.Millibits)).ShouldBe([
            ("device.token", -8_000), ("proof", 6_000), ("challenge", 8_000), ("network.failures", 4_000), ("travel", 6_000)]);
        verdict.ScoreMillibits.ShouldBe(16_000);
    }

    [Fact]
    public void Failures_of_a_network_beyond_those_forgiven_count_by_their_logarithm_up_to_a_cap()
    {
        long Bits(int failures) => World.Judge(Profile.Empty, TokenizedEnvironment.Empty, new CallFacts { NetworkFailures = failures }).ScoreMillibits;

        (Bits(5), Bits(6), Bits(12), Bits(1_000_000)).ShouldBe((0, 2_000, 6_000, 12_000));
    }

    private static TokenizedEnvironment Android(string version) =>
        World.Tokenize(new RawSignals { Device = new() { OsName = "Android", OsVersion = version } });
}
