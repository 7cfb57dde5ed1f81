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
    /// <summary>By a bound device of this account, or null.</summary>
    public VerifiedProof? Proof { get; init; }

    /// <summary>Whether a device token of this account came with the call.</summary>
    public bool DeviceTokenValid { get; init; }

    /// <summary>The service that asks, which may have thresholds of its own; null for logins and refreshes.</summary>
    public string? Service { get; init; }
}

/// <summary>Judges surroundings: gathers what the engine needs, and lets it decide. Never learns.</summary>
public sealed class LoginRisk(
    ConnectionObserver observer, SharedNetworks sharedNetworks, RiskPolicies policies, RiskMetrics metrics, TimeProvider clock)
{
    public async Task<Assessment> AssessAsync(AuthDbContext rows, RiskQuestion question, CancellationToken cancellationToken)
    {
        var consents = await Consents.OfAsync(rows, question.Keys.Account, cancellationToken);
        using var key = new EcvKey(question.Keys.EcvKey);
        var observation = observer.Observe(question.Network, clock.GetUtcNow(), question.Proof?.RoundTrip);
        var environment = Tokenizer.Tokenize(key, question.Signals, consents, observation);
        return await AssessAsync(rows, question, environment, cancellationToken);
    }

    /// <summary>The same for surroundings that were tokenised before.</summary>
    public async Task<Assessment> AssessAsync(
        AuthDbContext rows, RiskQuestion question, TokenizedEnvironment environment, CancellationToken cancellationToken)
    {
        var account = question.Keys.Account;
        var profile = await Profiles.LoadAsync(rows, account, cancellationToken);
        var accountsOnNetwork = question.Network is { } network
            ? await sharedNetworks.CountAsync(rows, network, account, cancellationToken)
            : (int?)null;

        var now = clock.GetUtcNow();
        var record = RiskEngine.Measure(new RiskInput
        {
            Profile = profile,
            Environment = environment,
            Facts = new CallFacts
            {
                Proof = StateOf(question.Proof, now),
                DeviceTokenValid = question.DeviceTokenValid,
                ProofMissing = question.Proof is null && profile.DevicesNamedBy(environment).Count > 0,
                ChallengeRelayed = question.Proof is { Relayed: true },
                AccountsOnNetwork = accountsOnNetwork,
            },
            Population = PopulationCounts.Unknown,
            Time = now,
        });

        var policy = await policies.InForceAsync(rows, cancellationToken);
        var verdict = RiskEngine.Replay(record, policy.For(question.Service));
        metrics.Judged(verdict.Decision, verdict.Gate);
        return new Assessment(NewVerdictId(now), verdict, verdict.ToRecord(record, policy.MonitorOnly), environment, policy);
    }

    private static string NewVerdictId(DateTimeOffset now) => $"vrd_{Guid.CreateVersion7(now):N}";

    private static ProofState StateOf(VerifiedProof? proof, DateTimeOffset now) => proof switch
    {
        null => ProofState.None,
        { Device.TrustedFrom: var trustedFrom } when trustedFrom > now => ProofState.OnProbation,
        { Device.Attested: true } => ProofState.Attested,
        _ => ProofState.Valid,
    };
}
