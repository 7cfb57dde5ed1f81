using System.Runtime.CompilerServices;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tests.Places;
using AuthService.Ecv.Values;
using CsCheck;
using Xunit.Abstractions;

namespace AuthService.Ecv.Tests.Risk;

/// <summary>The eight laws of design.md §5. Each prints on how many cases it held, and the seed of the first of them.</summary>
/// <remarks>
/// <c>AUTHSERVICE_LAW_CASES=1000000 dotnet test tests/AuthService.Ecv.Tests --filter InvariantTests --logger "console;verbosity=detailed"</c>
/// tries more. A failure prints the seed of the case that failed; <c>CsCheck_Seed=…</c> starts with that one.
/// </remarks>
public sealed class InvariantTests(ITestOutputHelper output)
{
    private static readonly CallFacts Proven = new() { Proof = ProofState.Valid };

    private readonly string seed = Environment.GetEnvironmentVariable("CsCheck_Seed") ?? new PCG(1).ToString();

    [Fact]
    public void Law_1_a_value_never_seen_is_at_least_as_risky_as_any_value_seen_under_the_same_parent() =>
        Gen.Select(Worlds.Histories, Worlds.Surroundings).Sample((profile, surroundings) =>
        {
            var (known, connection) = surroundings;
            var seen = World.Judge(profile, World.Tokenize(known, connection), Proven);
            var unseen = World.Judge(profile, World.Tokenize(Fresh.Finest(known), Fresh.Finest(connection)), Proven);

            foreach (var line in seen.Evidence.Where(line => line.Code == EvidenceCode.Seen && line.Characteristic != "device.os"))
                unseen.Line(line.Characteristic).Millibits.ShouldBeGreaterThanOrEqualTo(line.Millibits, line.Characteristic);
        }, Told(), seed, Worlds.Cases);

    [Fact]
    public void Law_2_seeing_a_value_again_never_makes_it_riskier() =>
        Gen.Select(Worlds.Histories, Worlds.Surroundings, Gen.Int[0, 3], Gen.Int[1, 4]).Sample((profile, surroundings, days, how) =>
        {
            var environment = World.Tokenize(surroundings.Signals, surroundings.Connection);
            var now = World.Start.AddDays(days);
            var before = World.Judge(profile, environment, Proven, now);
            var taught = profile.Learn(environment, World.Lesson(1, (LearnedHow)how, time: now));
            var after = World.Judge(taught, environment, Proven, now);

            foreach (var line in before.Evidence)
                after.Line(line.Characteristic).Millibits.ShouldBeLessThanOrEqualTo(line.Millibits, line.Characteristic);
            after.ScoreMillibits.ShouldBeLessThanOrEqualTo(before.ScoreMillibits);
        }, Told(), seed, Worlds.Cases);

    [Fact]
    public void Law_3_an_all_new_environment_is_not_safer_for_a_longer_history_of_the_same_shape() =>
        Gen.Select(Worlds.Surroundings.Array[1, 4], Gen.Int[1, 3], Gen.Int[2, 5]).Sample((visits, times, factor) =>
        {
            var environments = visits.Select(visit => World.Tokenize(visit.Signals, visit.Connection)).ToList();
            var shorter = environments.Aggregate(Profile.Empty, (profile, environment) =>
                World.Taught(times, environment, profile, 1000 * environments.IndexOf(environment)));
            var longer = environments.Aggregate(Profile.Empty, (profile, environment) =>
                World.Taught(times * factor, environment, profile, 1000 * environments.IndexOf(environment)));
            var stranger = World.Tokenize(Worlds.AllNew, Worlds.NewOrigin);

            World.Judge(longer, stranger).ScoreMillibits.ShouldBeGreaterThanOrEqualTo(World.Judge(shorter, stranger).ScoreMillibits);
        }, Told(), seed, Worlds.Cases);

    [Fact]
    public void Law_4_dropping_a_signal_that_earned_trust_never_lowers_the_score() =>
        Gen.Select(Worlds.Histories, Worlds.Surroundings, Gen.Bool).Sample((profile, surroundings, isProven) =>
        {
            var (signals, connection) = surroundings;
            var facts = isProven ? Proven : new CallFacts();
            var whole = World.Judge(profile, World.Tokenize(signals, connection), facts);

            foreach (var line in whole.Evidence.Where(line => line.Millibits < 0))
            {
                var without = World.Judge(profile, World.Tokenize(Fresh.Without(signals, line.Characteristic), connection), facts);
                without.ScoreMillibits.ShouldBeGreaterThanOrEqualTo(whole.ScoreMillibits, line.Characteristic);
            }
        }, Told(), seed, Worlds.Cases);

    [Fact]
    public void Law_4_leaving_out_a_level_that_was_seen_never_pays() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 3], Gen.Bool).Sample((often, seldom, isProven) =>
        {
            RawSignals In(string? city) => new() { Location = new() { CountryCode = "DE", CityCode = city } };
            var profile = World.Taught(seldom, World.Tokenize(In("seldom")), World.Taught(often, World.Tokenize(In("often"))), firstLogin: 100);
            var facts = isProven ? Proven : new CallFacts();
            long Bits(string? city) => World.Judge(profile, World.Tokenize(In(city)), facts).Line("place.region").Millibits;

            Bits(null).ShouldBeGreaterThanOrEqualTo(Bits("seldom"));
        }, Told(), seed, Worlds.Cases);

    [Fact]
    public void Law_4_no_choice_of_claims_opens_the_gate() =>
        Gen.Select(Worlds.Histories, Worlds.Surroundings, Worlds.Signals).Sample((profile, surroundings, otherClaims) =>
        {
            var gate = World.Judge(profile, World.Tokenize(surroundings.Signals, surroundings.Connection)).Gate;

            World.Judge(profile, World.Tokenize(otherClaims, surroundings.Connection)).Gate.ShouldBe(gate);
        }, Told(), seed, Worlds.Cases);

    [Fact]
    public void Law_5_claims_alone_however_perfect_are_never_allowed() =>
        Gen.Select(Worlds.Histories, Worlds.Signals, Gen.Int[1, 40]).Sample((history, signals, logins) =>
        {
            var copied = World.Tokenize(signals, Worlds.NewOrigin);
            var profile = World.Taught(logins, World.Tokenize(signals, World.Home), history);

            var verdict = World.Judge(profile, copied, new CallFacts { AccountsOnNetwork = 1 });

            verdict.Gate.ShouldBe(Gate.Shut);
            verdict.Decision.ShouldNotBe(Decision.Allow);
        }, Told(), seed, Worlds.Cases);

    [Fact]
    public void Law_6_the_order_of_repeated_fields_changes_neither_value_nor_verdict() =>
        Gen.Select(Worlds.Histories, Worlds.Surroundings, Gen.Int[0, 1000]).Sample((profile, surroundings, seed) =>
        {
            var (signals, connection) = surroundings;
            var (one, other) = (World.Tokenize(signals, connection), World.Tokenize(Fresh.Reordered(signals, seed), connection));
            var binding = AccountBinding.Derive(World.Key, "acc_de_1");

            EcvValue.Encode(other, binding, "k1", new byte[32]).ShouldBe(EcvValue.Encode(one, binding, "k1", new byte[32]));
            RiskEngine.Measure(World.Input(profile, other)).Write().AsSpan()
                .SequenceEqual(RiskEngine.Measure(World.Input(profile, one)).Write()).ShouldBeTrue();
        }, Told(), seed, Worlds.Cases);

    [Fact]
    public void Law_6_a_verdict_replays_from_its_record_bit_for_bit() =>
        Gen.Select(Worlds.Histories, Worlds.Surroundings).Sample((profile, surroundings) =>
        {
            var input = World.Input(profile, World.Tokenize(surroundings.Signals, surroundings.Connection));
            var verdict = RiskEngine.Judge(input, RiskPolicy.Default);

            var replayed = RiskEngine.Replay(VerdictRecord.Read(RiskEngine.Measure(input).Write()), RiskPolicy.Default);

            replayed.Evidence.ShouldBe(verdict.Evidence);
            (replayed.ScoreMillibits, replayed.Gate, replayed.Decision).ShouldBe((verdict.ScoreMillibits, verdict.Gate, verdict.Decision));
            replayed.Caveats.ShouldBe(verdict.Caveats);
        }, Told(), seed, Worlds.Cases);

    [Fact]
    public void Law_7_ten_metres_change_a_place_by_half_a_bit_at_most() =>
        Gen.Select(Walks.Anywhere, Walks.Logins).Sample((place, logins) =>
        {
            var profile = Walks.Taught(place, logins);
            var (here, there) = (Walks.At(place), Walks.At(place.Moved(10, place.Heading)));
            var uncapped = RiskPolicy.Default with { Place = new GroupCaps(-100_000, 100_000) };

            var change = World.Judge(profile, here, Proven, policy: uncapped).Line("place.geo").Millibits
                - World.Judge(profile, there, Proven, policy: uncapped).Line("place.geo").Millibits;

            Math.Abs(change).ShouldBeLessThanOrEqualTo(500);
        }, Told(), seed, Worlds.Cases);

    [Fact]
    public void Law_8_new_country_above_new_ASN_above_new_prefix_above_known_prefix() =>
        Gen.Select(Worlds.Histories, Worlds.Origin, Gen.Int[1, 3]).Sample((history, known, how) =>
        {
            var profile = history.Learn(World.Tokenize(new RawSignals(), known), World.Lesson(1, (LearnedHow)how));
            long Bits(ConnectionObservation connection) =>
                World.Judge(profile, World.Tokenize(new RawSignals(), connection)).Line("network.origin").Millibits;

            var newPrefix = Fresh.Finest(known);
            var newAsn = newPrefix with { Asn = 64_500 };
            Bits(Worlds.NewOrigin).ShouldBeGreaterThan(Bits(newAsn));
            Bits(newAsn).ShouldBeGreaterThan(Bits(newPrefix));
            Bits(newPrefix).ShouldBeGreaterThan(Bits(known));
        }, Told(), seed, Worlds.Cases);

    private Action<string> Told([CallerMemberName] string law = "") =>
        summary => output.WriteLine($"{law.Replace('_', ' ')}: {summary} First seed {seed}.");
}
