using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Contestants.Engine;

/// <summary>The engine itself, with what a server would keep around it.</summary>
internal sealed class EngineContestant(EngineOptions options, RiskPolicy policy) : Contestant
{
    private readonly Dictionary<string, EngineAccount> _accounts = new(StringComparer.Ordinal);
    private readonly NetworkMemory _networks = new();
    private readonly ExactPopulation _population = new();
    private readonly EcvKey _serviceKey = new(KeyOf(options.Seed, "service"));
    private readonly TimeSpan _probation = new Devices.DeviceOptions().Probation;
    private long _lessons;

    public override string Name => options.Name;

    public override Judged Judge(LabLogin login)
    {
        var account = _accounts.GetValueOrDefault(login.User) ?? new EngineAccount(-1);
        var observation = new ConnectionObservation
        {
            Peer = login.Origin.Peer,
            Asn = login.Origin.Asn,
            Country = login.Origin.Country,
            NetworkClass = login.Origin.Class,
            RoundTrip = login.Origin.RoundTrip,
            Time = login.Time,
        };
        var signals = Canonical(options.ColumnsOnly ? AgentSignals.Of(login.Agent) : login.Signals);
        using var key = new EcvKey(KeyOf(options.Seed, login.User));
        var environment = Tokenizer.Tokenize(key, signals, SignalConsents.All, observation);
        var values = Tokenizer.TokenizeForPopulation(_serviceKey, signals, SignalConsents.All, observation);

        var proof = options.Keys ? account.ProofBy(login.Key, login.Time) : ProofState.None;
        var verdict = RiskEngine.Judge(
            new RiskInput
            {
                Profile = account.Profile,
                Environment = environment,
                Facts = new CallFacts
                {
                    Proof = proof,
                    DeviceTokenValid = options.Tokens && (login.StolenToken || account.Remembers(login.Thing)),
                    ProofMissing = options.Keys && proof == ProofState.None && account.Profile.DevicesNamedBy(environment).Count > 0,
                    ChallengeRelayed = login.Relayed,
                    NetworkFailures = _networks.FailuresFrom(login.Origin.Peer, login.Time),
                    AccountsOnNetwork = _networks.AccountsOn(login.Origin.Peer, account.Number),
                },
                Population = _population.Look(values),
                Time = login.Time,
            },
            policy);
        return new Judged(verdict.ScoreMillibits / 1000.0, verdict, new Working(environment, values, proof));
    }

    /// <summary>Design §5: sign-up, proof, a passed step-up and an allowed login teach; what was refused or abandoned never does.</summary>
    public override void Learn(LabLogin login, Judged judged)
    {
        if (!_accounts.TryGetValue(login.User, out var account))
            _accounts[login.User] = account = new EngineAccount(_accounts.Count);
        var working = (Working)judged.Working!;
        if (HowToLearn(account, login, judged.Decision, working.Proof) is not { } how)
            return;

        BindAndRemember(account, login, how);
        var device = working.Proof != ProofState.None ? DeviceTag.Of(login.Key!) : (DeviceTag?)null;
        var verdict = VerdictTag.Of(string.Create(CultureInfo.InvariantCulture, $"{_lessons++}"));
        account.Profile = account.Profile.Learn(working.Environment, new Lesson(verdict, login.Time, how, device));
        account.IsSignedUp = true;
        _population.Note(working.Values, account.Number);
        _networks.NoteAccount(login.Origin.Peer, account.Number);
    }

    public override void Fail(LabLogin login) => _networks.NoteFailure(login.Origin.Peer, login.Time);

    private static LearnedHow? HowToLearn(EngineAccount account, LabLogin login, Decision decision, ProofState proof) => decision switch
    {
        _ when !account.IsSignedUp => LearnedHow.SignUp,
        Decision.Allow => proof >= ProofState.Valid ? LearnedHow.Proof : LearnedHow.Allow,
        Decision.StepUp when login.Completed => LearnedHow.StepUp,
        _ => null,
    };

    private void BindAndRemember(EngineAccount account, LabLogin login, LearnedHow how)
    {
        if (options.Tokens && login.Thing is { } thing && how is LearnedHow.SignUp or LearnedHow.StepUp)
            account.Remember(thing);
        if (options.Keys && login.Key is { } key && !account.HasKey(key) && (!account.HasAnyKey || how == LearnedHow.StepUp))
            account.Bind(key, login.Countersigned, login.Time, _probation);
    }

    /// <summary>What the engine refuses is judged as if it had not been sent; the commands that read files tell how often.</summary>
    private static CanonicalSignals Canonical(RawSignals raw) =>
        SignalParser.TryParse(raw, out var signals, out _) ? signals : CanonicalSignals.Empty;

    /// <summary>An account's key, from the seed: these accounts have nothing to protect.</summary>
    private static byte[] KeyOf(ulong seed, string user)
    {
        var text = new byte[sizeof(ulong) + Encoding.UTF8.GetByteCount(user)];
        BinaryPrimitives.WriteUInt64BigEndian(text, seed);
        Encoding.UTF8.GetBytes(user, text.AsSpan(sizeof(ulong)));
        return SHA256.HashData(text);
    }

    private sealed record Working(TokenizedEnvironment Environment, IReadOnlyList<PopulationToken> Values, ProofState Proof);
}
