using System.Collections.Immutable;
using AuthService.Ecv.Places;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Tests.Risk;

public sealed class WhatIfTests
{
    private static readonly TokenizedEnvironment Home = World.Tokenize(World.Phone, World.Home);

    private static readonly TokenizedEnvironment Elsewhere = World.Tokenize(Fresh.Finest(World.Phone), Fresh.Finest(World.Home));

    private static readonly Profile Owner = World.Taught(12, Home);

    private static readonly CallFacts Hostile = new()
    {
        ProofMissing = true, ChallengeRelayed = true, NetworkFailures = 30, IdentifiersFailing = 9, AccountFailures = 9, DeviceFailures = 9,
        Conflicts = SignalConflicts.Country,
        Outside = [new OutsideEvidence("rumour", EvidenceCode.Unseen, 7_000, Provenance.Observed)],
    };

    [Fact]
    public void What_a_proof_would_have_changed_is_what_it_changes()
    {
        var instead = Find(Of(Elsewhere), Change.ProofValid);

        var proven = World.Judge(Owner, Elsewhere, new CallFacts { Proof = ProofState.Valid });
        ShouldBeTheSame(instead.Verdict, proven);
        instead.Verdict.Gate.ShouldBe(Gate.Key);
    }

    [Fact]
    public void What_a_device_token_would_have_changed_is_what_it_changes()
    {
        var instead = Find(Of(Elsewhere), Change.DeviceToken);

        ShouldBeTheSame(instead.Verdict, World.Judge(Owner, Elsewhere, new CallFacts { DeviceTokenValid = true }));
    }

    [Fact]
    public void From_a_network_of_his_own_the_owner_would_have_been_let_in()
    {
        var instead = Find(Of(World.Tokenize(World.Phone, Fresh.Finest(World.Home))), Change.FamiliarNetwork);

        (instead.Verdict.Gate, instead.Verdict.Decision).ShouldBe((Gate.FamiliarNetwork, Decision.Allow));
    }

    [Fact]
    public void What_was_there_is_not_wished_for()
    {
        var profile = World.Taught(2, Home).Learn(Home, World.Lesson(9, time: World.Start.AddDays(1)));
        var facts = new CallFacts { Proof = ProofState.Valid, DeviceTokenValid = true, AccountsOnNetwork = 1 };

        var record = RiskEngine.Measure(World.Input(profile, Home, facts, World.Start.AddDays(2)));

        WhatIf.Of(record, RiskPolicy.Default).ShouldBeEmpty();
    }

    [Fact]
    public void Every_doubt_that_counted_is_taken_away_in_turn()
    {
        var verdict = World.Judge(Owner, Elsewhere, Hostile);

        var subjects = Of(Elsewhere, Hostile).Where(instead => instead.Change == Change.LineAbsent).Select(instead => instead.Subject);

        subjects.ShouldBe(verdict.Evidence.Where(line => line is { Counted: true, Millibits: > 0 }).Select(line => line.Characteristic));
        subjects.Count().ShouldBeGreaterThan(8);
    }

    [Theory]
    [InlineData("proof")]
    [InlineData("challenge")]
    [InlineData("network.failures")]
    [InlineData("network.identifiers")]
    [InlineData("account.failures")]
    [InlineData("device.failures")]
    [InlineData("consistency.country")]
    [InlineData("rumour")]
    public void What_stands_outside_the_groups_goes_by_exactly_what_it_said(string subject)
    {
        var verdict = World.Judge(Owner, Elsewhere, Hostile);

        var instead = Of(Elsewhere, Hostile).Single(instead => instead.Change == Change.LineAbsent && instead.Subject == subject);

        instead.Verdict.ScoreMillibits.ShouldBe(verdict.ScoreMillibits - verdict.Line(subject).Millibits);
    }

    [Fact]
    public void Another_of_the_group_speaks_for_one_that_is_silent()
    {
        var verdict = World.Judge(Owner, Elsewhere);
        var speaker = verdict.Evidence.Single(line => line is { Counted: true, Group: "place" });

        var instead = Of(Elsewhere).Single(instead => instead.Change == Change.LineAbsent && instead.Subject == speaker.Characteristic);

        instead.Verdict.Evidence.Single(line => line is { Counted: true, Group: "place" }).Characteristic.ShouldNotBe(speaker.Characteristic);
        instead.Verdict.Line(speaker.Characteristic).Code.ShouldBe(EvidenceCode.Absent);
    }

    [Fact]
    public void What_earlier_attempts_showed_goes_with_its_line()
    {
        var facts = new CallFacts
        {
            Travel = new TravelSpeed(Observed: 3_000, Claimed: null),
            Remembered = [.. RememberedDoubt.Of(World.Judge(Owner, Elsewhere, Hostile)), new RememberedDoubt(RememberedDoubt.Travel, 12_000)],
        };
        var verdict = World.Judge(Owner, Home, facts);

        var doubts = verdict.Evidence.Where(line => line is { Counted: true, Millibits: > 0 }).Select(line => line.Characteristic).ToList();
        var found = Of(Home, facts);

        doubts.ShouldNotBeEmpty();
        foreach (var doubt in doubts)
        {
            found.Single(instead => instead.Change == Change.LineAbsent && instead.Subject == doubt)
                .Verdict.Evidence.ShouldNotContain(line => line.Characteristic == doubt && line.Millibits > 0);
        }

        found.Single(instead => instead is { Change: Change.GroupKnown, Subject: "place" })
            .Verdict.Evidence.ShouldNotContain(line => line.Group == "place" && line.Millibits > 0);
    }

    [Fact]
    public void A_group_that_is_known_raises_no_doubt()
    {
        var groups = Of(Elsewhere).Where(instead => instead.Change == Change.GroupKnown).ToList();

        groups.Select(instead => instead.Subject).ShouldBe(["device", "place", "company", "habit"], ignoreOrder: true);
        foreach (var instead in groups)
            instead.Verdict.Evidence.Where(line => line.Group == instead.Subject).ShouldAllBe(line => line.Millibits <= 0);
    }

    private static ImmutableArray<Counterfactual> Of(TokenizedEnvironment environment, CallFacts? facts = null) =>
        WhatIf.Of(RiskEngine.Measure(World.Input(Owner, environment, facts)), RiskPolicy.Default);

    private static Counterfactual Find(ImmutableArray<Counterfactual> found, Change change) => found.Single(instead => instead.Change == change);

    private static void ShouldBeTheSame(RiskVerdict verdict, RiskVerdict other)
    {
        (verdict.Decision, verdict.Gate, verdict.ScoreMillibits).ShouldBe((other.Decision, other.Gate, other.ScoreMillibits));
        verdict.Evidence.ShouldBe(other.Evidence);
    }
}
