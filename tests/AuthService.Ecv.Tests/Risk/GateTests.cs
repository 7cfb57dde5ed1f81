using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Tests.Risk;

public sealed class GateTests
{
    private static readonly CallFacts Alone = new() { AccountsOnNetwork = 1 };
    private static readonly TokenizedEnvironment Home = World.Tokenize(World.Phone, World.Home);

    [Theory]
    [InlineData(ProofState.None, false, Gate.Shut)]
    [InlineData(ProofState.OnProbation, false, Gate.Shut)]
    [InlineData(ProofState.Valid, false, Gate.Key)]
    [InlineData(ProofState.Attested, true, Gate.Key)]
    [InlineData(ProofState.None, true, Gate.DeviceToken)]
    [InlineData(ProofState.OnProbation, true, Gate.DeviceToken)]
    public void What_cannot_be_copied_opens_the_gate(ProofState proof, bool hasToken, Gate gate) =>
        World.Judge(Profile.Empty, Home, new CallFacts { Proof = proof, DeviceTokenValid = hasToken }).Gate.ShouldBe(gate);

    [Fact]
    public void A_relayed_challenge_shuts_the_gate_whatever_came_with_it()
    {
        var home = World.Taught(12, World.Tokenize(World.Phone, World.Home));
        var facts = new CallFacts { Proof = ProofState.Attested, DeviceTokenValid = true, AccountsOnNetwork = 1, ChallengeRelayed = true };

        var relayed = World.Judge(home, World.Tokenize(World.Phone, World.Home), facts);
        var direct = World.Judge(home, World.Tokenize(World.Phone, World.Home), facts with { ChallengeRelayed = false });

        (relayed.Gate, relayed.Decision).ShouldBe((Gate.Shut, Decision.StepUp));
        (direct.Gate, direct.Decision).ShouldBe((Gate.Key, Decision.Allow));
    }

    [Theory]
    [InlineData(new[] { 0 }, Gate.Shut)]
    [InlineData(new[] { 0, 0, 0 }, Gate.Shut)]
    [InlineData(new[] { 0, 5 }, Gate.Shut)]
    [InlineData(new[] { 0, 1 }, Gate.FamiliarNetwork)]
    [InlineData(new[] { 0, 1, 5 }, Gate.FamiliarNetwork)]
    public void A_network_is_familiar_after_two_earlier_days(int[] days, Gate gate)
    {
        var profile = Profile.Empty;
        for (var login = 0; login < days.Length; login++)
            profile = profile.Learn(Home, World.Lesson(login, time: World.Start.AddDays(days[login])));

        World.Judge(profile, Home, Alone, World.Start.AddDays(5)).Gate.ShouldBe(gate);
    }

    [Theory]
    [InlineData(NetworkClass.Unknown, 1, Gate.FamiliarNetwork)]
    [InlineData(NetworkClass.Fixed, 19, Gate.FamiliarNetwork)]
    [InlineData(NetworkClass.Satellite, 1, Gate.FamiliarNetwork)]
    [InlineData(NetworkClass.Fixed, 20, Gate.Shut)]
    [InlineData(NetworkClass.Fixed, null, Gate.Shut)]
    [InlineData(NetworkClass.Mobile, 1, Gate.Shut)]
    [InlineData(NetworkClass.CarrierGradeNat, 1, Gate.Shut)]
    [InlineData(NetworkClass.Hosting, 1, Gate.Shut)]
    [InlineData(NetworkClass.Vpn, 1, Gate.Shut)]
    [InlineData(NetworkClass.Relay, 1, Gate.Shut)]
    public void A_network_that_strangers_share_is_never_familiar(NetworkClass network, int? accounts, Gate gate)
    {
        var profile = Profile.Empty.Learn(Home, World.Lesson(1)).Learn(Home, World.Lesson(2, time: World.Start.AddDays(1)));
        var environment = World.Tokenize(World.Phone, World.Home with { NetworkClass = network });

        World.Judge(profile, environment, new CallFacts { AccountsOnNetwork = accounts }, World.Start.AddDays(2)).Gate.ShouldBe(gate);
    }

    [Fact]
    public void A_network_stays_familiar_when_its_address_range_is_relabelled()
    {
        var profile = Profile.Empty
            .Learn(World.Observed("203.0.113.7", null, null), World.Lesson(1))
            .Learn(World.Observed("203.0.113.7"), World.Lesson(2, time: World.Start.AddDays(1)));

        World.Judge(profile, World.Observed("203.0.113.7"), Alone, World.Start.AddDays(2)).Gate.ShouldBe(Gate.FamiliarNetwork);
    }

    [Fact]
    public void An_account_without_history_is_asked_for_more_and_not_turned_away()
    {
        var verdict = World.Judge(Profile.Empty, Home, Alone);

        (verdict.Decision, verdict.Gate, verdict.ScoreMillibits).ShouldBe((Decision.StepUp, Gate.Shut, 0));
        verdict.Caveats.ShouldContain(caveat => caveat.Contains("no history", StringComparison.Ordinal));
    }
}
