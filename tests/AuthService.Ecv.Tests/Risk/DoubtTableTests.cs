using AuthService.Ecv.Places;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using CsCheck;

namespace AuthService.Ecv.Tests.Risk;

public sealed class DoubtTableTests
{
    private static readonly DoubtKey Key = new(Account: 1, Network: 1);
    private static readonly Profile Owner = World.Taught(12, World.Tokenize(World.Phone, World.Home));

    [Theory]
    [InlineData("device.hardware")]
    [InlineData("wifi.network")]
    [InlineData("language")]
    public void A_signal_that_raised_doubt_keeps_it_when_it_is_left_out(string kind)
    {
        var table = new DoubtTable(10);
        table.Remember(Key, World.Judge(Owner, World.Tokenize(Worlds.AllNew, World.Home)), World.Start);
        var without = World.Tokenize(Fresh.Without(Worlds.AllNew, kind), World.Home);

        var line = Judge(table, without, World.Start.AddMinutes(29)).Evidence.Single(line => line.Characteristic == kind && line.Millibits > 0);

        line.Code.ShouldBe(EvidenceCode.Remembered);
        Judge(table, without, World.Start.AddMinutes(31)).Evidence.ShouldNotContain(line => line.Code == EvidenceCode.Remembered);
    }

    /// <summary>Law 4, second half: trying subsets does not help, whatever the history.</summary>
    [Fact]
    public void Law_4_no_subset_of_the_claims_scores_below_the_whole_once_it_was_tried() =>
        Gen.Select(Worlds.Histories, Worlds.Surroundings, Gen.Int[0, 14]).Sample((profile, surroundings, left) =>
        {
            var (signals, connection) = surroundings;
            var table = new DoubtTable(10);
            var whole = World.Judge(profile, World.Tokenize(signals, connection), new CallFacts { ProofMissing = true });
            table.Remember(Key, whole, World.Start);

            var kind = Ecv.Characteristics.CharacteristicCatalog.All[left].Name;
            var part = World.Judge(
                profile, World.Tokenize(Fresh.Without(signals, kind), connection), new CallFacts { Remembered = table.Recall(Key, World.Start) });

            part.ScoreMillibits.ShouldBeGreaterThanOrEqualTo(whole.ScoreMillibits, kind);
        }, iter: Worlds.Cases);

    [Fact]
    public void Conflicts_travel_and_a_missing_proof_are_remembered_too()
    {
        var facts = new CallFacts
        {
            ProofMissing = true, Travel = new TravelSpeed(Observed: null, Claimed: 5_000), Conflicts = SignalConflicts.Operator | SignalConflicts.Country,
        };
        var table = new DoubtTable(10);
        table.Remember(Key, World.Judge(Profile.Empty, World.Tokenize(new RawSignals()), facts), World.Start);

        var verdict = World.Judge(
            Profile.Empty, World.Tokenize(new RawSignals()), new CallFacts { Remembered = table.Recall(Key, World.Start.AddMinutes(1)) });

        verdict.ScoreMillibits.ShouldBe(6_000 + 12_000 + 8_000);
        verdict.Evidence.Where(line => line.Counted).ShouldAllBe(line => line.Code == EvidenceCode.Remembered);
    }

    [Fact]
    public void A_journey_that_the_server_saw_is_remembered_when_the_device_is_no_longer_named()
    {
        var table = new DoubtTable(10);
        var facts = new CallFacts { Travel = new TravelSpeed(Observed: 5_000, Claimed: null) };
        table.Remember(Key, World.Judge(Profile.Empty, World.Tokenize(new RawSignals()), facts), World.Start);

        var line = Judge(table, World.Tokenize(new RawSignals()), World.Start.AddMinutes(29)).Line("travel");

        (line.Code, line.Millibits).ShouldBe((EvidenceCode.Remembered, 12_000));
    }

    [Fact]
    public void A_relayed_challenge_is_remembered_when_the_next_try_brings_none_and_opens_the_gate_for_a_fresh_one()
    {
        var table = new DoubtTable(10);
        var home = World.Tokenize(World.Phone, World.Home);
        var relayed = new CallFacts { Proof = ProofState.Valid, ChallengeRelayed = true };
        table.Remember(Key, World.Judge(Owner, home, relayed), World.Start);
        var remembered = table.Recall(Key, World.Start.AddMinutes(29));

        var without = World.Judge(Owner, home, new CallFacts { Remembered = remembered });
        var fresh = World.Judge(Owner, home, new CallFacts { Proof = ProofState.Valid, Remembered = remembered });

        (without.Line("challenge").Code, without.Line("challenge").Millibits).ShouldBe((EvidenceCode.Remembered, 8_000));
        (fresh.Gate, fresh.Decision).ShouldBe((Gate.Key, Decision.Allow));
        VerdictRecord.Read(RiskEngine.Measure(World.Input(Owner, home, new CallFacts { Remembered = remembered })).Write()).Facts.Remembered.ShouldBe(remembered);
    }

    [Fact]
    public void Of_two_doubts_of_one_source_the_greater_stays_as_long_as_the_later()
    {
        var table = new DoubtTable(10);
        var nowhere = World.Tokenize(new RawSignals());
        foreach (var (kmh, minute) in ((int, int)[])[(5_000, 0), (700, 20)])
            table.Remember(Key, World.Judge(Profile.Empty, nowhere, new CallFacts { Travel = new TravelSpeed(null, kmh) }), World.Start.AddMinutes(minute));

        table.Recall(Key, World.Start.AddMinutes(49)).ShouldBe([new RememberedDoubt(RememberedDoubt.Travel, 12_000)]);
        table.Recall(Key, World.Start.AddMinutes(51)).ShouldBeEmpty();
    }

    [Fact]
    public void Another_network_another_account_and_a_passed_step_up_are_not_doubted()
    {
        var table = new DoubtTable(10);
        table.Remember(Key, World.Judge(Owner, World.Tokenize(Worlds.AllNew, World.Home)), World.Start);

        table.Recall(Key with { Network = 2 }, World.Start).ShouldBeEmpty();
        table.Recall(Key with { Account = 2 }, World.Start).ShouldBeEmpty();
        table.Forget(Key);
        table.Recall(Key, World.Start).ShouldBeEmpty();
    }

    [Fact]
    public void An_account_is_forgotten_on_every_network_and_no_other_is()
    {
        var table = new DoubtTable(10);
        var others = Key with { Account = 2 };
        foreach (var key in (ReadOnlySpan<DoubtKey>)[Key, Key with { Network = 2 }, others])
            table.Remember(key, World.Judge(Owner, World.Tokenize(Worlds.AllNew, World.Home)), World.Start);

        table.ForgetAccount(Key.Account);

        table.Recall(Key, World.Start).ShouldBeEmpty();
        table.Recall(Key with { Network = 2 }, World.Start).ShouldBeEmpty();
        table.Recall(others, World.Start).ShouldNotBeEmpty();
    }

    [Fact]
    public void Doubts_do_not_renew_themselves()
    {
        var table = new DoubtTable(10);
        table.Remember(Key, World.Judge(Owner, World.Tokenize(Worlds.AllNew, World.Home)), World.Start);
        for (var minute = 5; minute < 30; minute += 5)
            table.Remember(Key, Judge(table, World.Tokenize(World.Phone, World.Home), World.Start.AddMinutes(minute)), World.Start.AddMinutes(minute));

        table.Recall(Key, World.Start.AddMinutes(31)).ShouldBeEmpty();
    }

    [Fact]
    public void A_full_table_forgets_the_oldest()
    {
        var table = new DoubtTable(capacity: 16);
        for (var key = 0UL; key < 100; key++)
        {
            table.Remember(new DoubtKey(key, Network: 1), World.Judge(Owner, World.Tokenize(Worlds.AllNew, World.Home)), World.Start.AddSeconds(key));
            table.Count.ShouldBeLessThanOrEqualTo(16);
        }

        table.Recall(new DoubtKey(99, Network: 1), World.Start.AddSeconds(100)).ShouldNotBeEmpty();
    }

    private static RiskVerdict Judge(DoubtTable table, Ecv.Tokens.TokenizedEnvironment environment, DateTimeOffset time) =>
        World.Judge(Owner, environment, new CallFacts { Remembered = table.Recall(Key, time) });
}
