using AuthService.Ecv.Places;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.Environments;
using AuthService.Hosting.Network;
using AuthService.Security.Keys;
using AuthService.Security.Proofs;
using AuthService.Storage;

namespace AuthService.Risk;

/// <summary>What is to be judged.</summary>
/// <param name="Keys">Of the account.</param>
/// <param name="Signals">What the client said of its surroundings.</param>
/// <param name="Network">Where the call came from, or null if nobody observed it.</param>
public sealed record RiskQuestion(AccountKeys Keys, CanonicalSignals Signals, ClientNetwork? Network)
{
    /// <summary>Whose failures are looked at: the account, or an identifier that a decoy stands in for.</summary>
    public string Subject { get; init; } = Keys.Account.Value;

    /// <summary>By a bound device of this account, or null.</summary>
    public VerifiedProof? Proof { get; init; }

    /// <summary>Whether a device token of this account came with the call.</summary>
    public bool DeviceTokenValid { get; init; }

    /// <summary>The service that asks, which may have thresholds of its own; null for logins and refreshes.</summary>
    public string? Service { get; init; }
}

/// <summary>Judges surroundings: gathers what the engine needs, and lets it decide. Never learns.</summary>
public sealed class LoginRisk(
    ConnectionObserver observer,
    SharedNetworks sharedNetworks,
    PopulationStatistics population,
    LoginMemory memory,
    RiskPolicies policies,
    RiskMetrics metrics,
    TimeProvider clock)
{
    public async Task<Assessment> AssessAsync(AuthDbContext rows, RiskQuestion question, CancellationToken cancellationToken)
    {
        var (now, signals) = (clock.GetUtcNow(), question.Signals);
        var consents = await Consents.OfAsync(rows, question.Keys.Account, cancellationToken);
        var observation = observer.Observe(question.Network, now, question.Proof?.RoundTrip);
        using var key = new EcvKey(question.Keys.EcvKey);
        var environment = Tokenizer.Tokenize(key, signals, consents, observation);

        var places = SeenPlaces.Of(signals, consents, observation);
        var sighting = Whereabouts.Unknown.See(places, ProvenBy(question.Proof, now) is { } proven ? [proven] : environment.NamedDevices, now);
        var shown = new ShownSurroundings(environment, sighting, population.Tokenize(signals, consents, observation));
        return await AssessAsync(rows, question, new Told(shown, places, Consistency.Find(signals, consents, observation)), cancellationToken);
    }

    /// <summary>The same for surroundings of which only the tokens are known.</summary>
    public Task<Assessment> AssessAsync(
        AuthDbContext rows, RiskQuestion question, TokenizedEnvironment environment, CancellationToken cancellationToken) =>
        AssessAsync(rows, question, new Told(ShownSurroundings.Of(environment), default, SignalConflicts.None), cancellationToken);

    /// <summary>Whether a network's logins have shown so much that whatever comes from it is refused; depends on no account.</summary>
    public async Task<bool> RefusesAsync(AuthDbContext rows, ClientNetwork network, CancellationToken cancellationToken)
    {
        var policy = await policies.InForceAsync(rows, cancellationToken);
        return !policy.MonitorOnly && RiskEngine.RefusesNetwork(await memory.DescribeAsync(network, cancellationToken), policy.Engine);
    }

    private async Task<Assessment> AssessAsync(AuthDbContext rows, RiskQuestion question, Told told, CancellationToken cancellationToken)
    {
        var (account, environment, now) = (question.Keys.Account, told.Shown.Environment, clock.GetUtcNow());
        var (profile, whereabouts) = await Profiles.LoadAsync(rows, question.Keys, cancellationToken);
        var proven = ProvenBy(question.Proof, now);
        var facts = new CallFacts
        {
            Conflicts = told.Conflicts,
            Travel = whereabouts.SpeedTo(told.Places, profile.DevicesThatMayBe(environment, proven), now),
        };
        var accountsOnNetwork = question.Network is { } network
            ? await sharedNetworks.CountAsync(rows, network, account, cancellationToken)
            : (int?)null;

        var remembered = await memory.DescribeAsync(facts, question.Network, account, question.Subject, question.Proof?.Device.Id, cancellationToken);
        var record = RiskEngine.Measure(new RiskInput
        {
            Profile = profile,
            Environment = environment,
            Facts = remembered with
            {
                Proof = StateOf(question.Proof, now),
                DeviceTokenValid = question.DeviceTokenValid,
                ProofMissing = proven is null && profile.DevicesNamedBy(environment).Count > 0,
                ChallengeRelayed = question.Proof is { Relayed: true },
                AccountsOnNetwork = accountsOnNetwork,
            },
            Population = await population.LookAsync(rows, told.Shown.Population, now, cancellationToken),
            Time = now,
        });

        var policy = await policies.InForceAsync(rows, cancellationToken);
        var verdict = RiskEngine.Replay(record, policy.For(question.Service));
        metrics.Judged(verdict.Decision, verdict.Gate);
        return new Assessment(NewVerdictId(now), verdict, verdict.ToRecord(record, policy.MonitorOnly), told.Shown, policy);
    }

    /// <summary>The device that proved itself, by a key that is trusted: one on probation may be anybody's.</summary>
    private static DeviceTag? ProvenBy(VerifiedProof? proof, DateTimeOffset now) =>
        proof is { Device.Id: var bound } && proof.IsTrustedAt(now) ? DeviceTag.Of(bound) : null;

    private static string NewVerdictId(DateTimeOffset now) => $"vrd_{Guid.CreateVersion7(now):N}";

    private static ProofState StateOf(VerifiedProof? proof, DateTimeOffset now) => proof switch
    {
        null => ProofState.None,
        { Device.TrustedFrom: var trustedFrom } when trustedFrom > now => ProofState.OnProbation,
        { Device.Attested: true } => ProofState.Attested,
        _ => ProofState.Valid,
    };

    /// <summary>What a call tells: by its claims, and by where it comes from.</summary>
    private sealed record Told(ShownSurroundings Shown, SeenPlaces Places, SignalConflicts Conflicts);
}
