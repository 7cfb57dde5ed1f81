using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Profiles;

namespace AuthService.Ecv.Risk;

/// <summary>Compares, adds up evidence, decides. Pure: same inputs, same verdict, bit for bit, on any machine.</summary>
public static class RiskEngine
{
    /// <summary>Changes whenever the same inputs may give another verdict.</summary>
    public const string ModelVersion = "3";

    // Room for every line that there could be, made once a thread: a verdict allocates only those that it has.
    [ThreadStatic]
    private static ImmutableArray<EvidenceLine>.Builder? scratch;

    public static RiskVerdict Judge(RiskInput input, RiskPolicy policy) => Replay(Measure(input), policy);

    /// <summary>The numbers of a comparison: all that a verdict rests on besides the policy. Store this, not the tokens.</summary>
    /// <exception cref="ArgumentException">The facts are out of range.</exception>
    public static VerdictRecord Measure(RiskInput input)
    {
        var (environment, facts) = (input.Environment, input.Facts);
        if (!facts.IsWellFormed)
            throw new ArgumentException("Counts below 0, or outside evidence beyond what a record holds.", nameof(input));

        var today = ProfileDay.Of(input.Time);
        var population = environment.FromValue ? PopulationCounts.Unknown : input.Population;
        var measuring = new Measuring(input.Profile, environment, population, today);
        var claims = facts.Proof >= ProofState.Valid && !environment.FromValue ? Provenance.Proven : Provenance.Claimed;

        var kinds = new KindMeasure[CharacteristicCatalog.All.Count];
        for (var index = 0; index < kinds.Length; index++)
        {
            var kind = CharacteristicCatalog.All[index];
            var isObserved = kind.Kind is CharacteristicKind.NetworkOrigin or CharacteristicKind.TimeHabit or CharacteristicKind.ConnectionDelay;
            kinds[index] = measuring.Measure(kind, isObserved ? Provenance.Observed : claims);
        }

        return new VerdictRecord
        {
            Kinds = ImmutableCollectionsMarshal.AsImmutableArray(kinds),
            Facts = facts,
            NetworkClass = environment.NetworkClass,
            EarlierDays = FamiliarNetwork.EarlierDays(input.Profile, environment, today),
            FromValue = environment.FromValue,
        };
    }

    /// <summary>The verdict on recorded numbers.</summary>
    public static RiskVerdict Replay(VerdictRecord record, RiskPolicy policy)
    {
        var evidence = scratch ??= ImmutableArray.CreateBuilder<EvidenceLine>(
            CharacteristicCatalog.KindCount + GroupLines.MaxCount + OutsideGroups.MaxCount);
        evidence.Clear();
        var gate = Gates.Of(record, policy);
        GroupedEvidence.Add(record, gate, policy, evidence);
        OutsideGroups.Add(record, policy, evidence);

        var score = 0L;
        foreach (var line in evidence)
            score += line.Counted ? line.Millibits : 0;
        var allowBelow = policy.AllowBelowAt(gate, FamiliarNetwork.IsKnown(record));
        return new RiskVerdict
        {
            Decision = score >= policy.DenyFrom ? Decision.Deny : gate != Gate.Shut && score < allowBelow ? Decision.Allow : Decision.StepUp,
            Gate = gate,
            AllowBelowMillibits = allowBelow,
            ScoreMillibits = score,
            Evidence = evidence.ToImmutable(),
            ModelVersion = ModelVersion,
            PolicyVersion = policy.Version,
            Caveats = Limits.Of(record),
        };
    }

    /// <summary>
    /// Whether the network alone, whatever the account, is reason to refuse. The only evidence that may, before a secret is looked
    /// at: all other would tell strangers of the account.
    /// </summary>
    public static bool RefusesNetwork(CallFacts facts, RiskPolicy policy)
    {
        var evidence = ImmutableArray.CreateBuilder<EvidenceLine>(2);
        OutsideGroups.AddNetwork(facts, policy, evidence);
        return evidence.Sum(line => line.Millibits) >= policy.NetworkDenyFrom;
    }
}
