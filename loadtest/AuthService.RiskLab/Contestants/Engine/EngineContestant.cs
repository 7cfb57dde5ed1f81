using System.Globalization;
using AuthService.Ecv.Places;
using AuthService.Ecv.Population;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Contestants.Engine;

/// <summary>The engine itself, with what a server keeps around it.</summary>
internal sealed class EngineContestant(EngineOptions options, RiskPolicy policy) : Contestant
{
    private const SignalConsents Consents = SignalConsents.All;

    private readonly Dictionary<string, EngineAccount> _accounts = new(StringComparer.Ordinal);
    private readonly EngineMemory _memory = new();
    private readonly LabHash _hash = new(options.Seed);
    private readonly byte[] _serviceKey = new LabHash(options.Seed).KeyOf("service");
    private readonly TimeSpan _probation = new Security.Trust.SoftDoorOptions().Wait;
    private long _lessons;

    public override string Name => options.Name;

    public override Judged Judge(LabLogin login)
    {
        var account = _accounts.GetValueOrDefault(login.User) ?? new EngineAccount(-1);
        var (observation, signals) = (Observe(login), Canonical(options.ColumnsOnly ? AgentSignals.Of(login.Agent) : login.Signals));
        using var key = new EcvKey(_hash.KeyOf(login.User));
        using var serviceKey = new EcvKey(_serviceKey);
        var environment = Tokenizer.Tokenize(key, signals, Consents, observation);
        var proof = options.Keys ? account.ProofBy(login.Key, login.Time) : ProofState.None;
        var working = new Working(
            environment, Tokenizer.TokenizeForPopulation(serviceKey, signals, Consents, observation), proof, SeenPlaces.Of(signals, Consents, observation),
            Conflicts: Consistency.Find(signals, Consents, observation));

        var verdict = RiskEngine.Judge(
            new RiskInput
            {
                Profile = account.Profile,
                Environment = environment,
                Facts = Gather(account, login, working),
                Population = _memory.Population.Look(working.Values, PopulationSketch.EpochOf(login.Time)),
                Time = login.Time,
            },
            policy);
        return new Judged(verdict.ScoreMillibits / 1000.0, verdict, working) { Proof = proof };
    }

    /// <summary>Design §5: sign-up, proof, a passed step-up and an allowed login teach; what was refused or abandoned never does.</summary>
    public override void Learn(LabLogin login, Judged judged)
    {
        if (!_accounts.TryGetValue(login.User, out var account))
            _accounts[login.User] = account = new EngineAccount(_accounts.Count);
        var working = (Working)judged.Working!;
        var how = HowToLearn(account, login, judged.Decision, working.Proof);
        Doubt(login, judged, isOwner: how is LearnedHow.SignUp or LearnedHow.StepUp);
        if (how is not { } right)
            return;

        BindAndRemember(account, login, right);
        var verdict = VerdictTag.Of(string.Create(CultureInfo.InvariantCulture, $"{_lessons++}"));
        account.Profile = account.Profile.Learn(working.Environment, new Lesson(verdict, login.Time, right, DeviceOf(login, working.Proof)));
        account.Whereabouts = account.Whereabouts.See(
            working.Places, DeviceOf(login, working.Proof) is { } proven ? [proven] : working.Environment.NamedDevices, login.Time);
        account.IsSignedUp = true;
        _memory.Population.Add(working.Values, _hash.Of("account", login.User), PopulationSketch.EpochOf(login.Time));
        if (_hash.OfNetwork(login.Origin.Peer) is { } network)
            _memory.Networks.Note(network, account.Number);
    }

    public override void Fail(LabLogin login) =>
        _memory.Reputation.Failed(_hash.OfNetwork(login.Origin.Peer) ?? 0, _hash.Of("identifier", login.User), device: null, login.Time);

    private CallFacts Gather(EngineAccount account, LabLogin login, Working working)
    {
        var network = _hash.OfNetwork(login.Origin.Peer);
        var facts = new CallFacts
        {
            Proof = working.Proof,
            DeviceTokenValid = options.Tokens && (login.StolenToken || account.Remembers(login.Thing)),
            ProofMissing = options.Keys && working.Proof < ProofState.Valid && account.Profile.DevicesNamedBy(working.Environment).Count > 0,
            ChallengeRelayed = login.Relayed,
            AccountsOnNetwork = network is { } prefix ? _memory.Networks.CountOn(prefix, account.Number) : null,
            Travel = account.Whereabouts.SpeedTo(
                working.Places, account.Profile.DevicesThatMayBe(working.Environment, DeviceOf(login, working.Proof)), login.Time),
            Conflicts = working.Conflicts,
            Remembered = _memory.Doubts.Recall(KeyOf(login), login.Time),
        };
        return network is { } known ? _memory.Reputation.Describe(facts, known, _hash.Of("identifier", login.User), device: null, login.Time) : facts;
    }

    /// <summary>What a try showed that was not allowed stays for half an hour, unless a step-up shows that it was the owner.</summary>
    private void Doubt(LabLogin login, Judged judged, bool isOwner)
    {
        if (isOwner)
            _memory.Doubts.Forget(KeyOf(login));
        else if (judged.Decision != Decision.Allow)
            _memory.Doubts.Remember(KeyOf(login), judged.Verdict!, login.Time);
    }

    private DoubtKey KeyOf(LabLogin login) => new(_hash.Of("account", login.User), _hash.OfNetwork(login.Origin.Peer) ?? 0);

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

    private static DeviceTag? DeviceOf(LabLogin login, ProofState proof) => proof < ProofState.Valid ? null : DeviceTag.Of(login.Key!);

    private static ConnectionObservation Observe(LabLogin login) => new()
    {
        Peer = login.Origin.Peer,
        Asn = login.Origin.Asn,
        Country = login.Origin.Country,
        NetworkClass = login.Origin.Class,
        Fix = login.Origin.Fix is { } fix && GeoFix.TryCreate(fix.Latitude, fix.Longitude, fix.RadiusMetres, out var place) ? place : null,
        RoundTrip = login.Origin.RoundTrip,
        Time = login.Time,
    };

    /// <summary>What the engine refuses is judged as if it had not been sent; the commands that read files take out what is wrong.</summary>
    private static CanonicalSignals Canonical(RawSignals raw) =>
        SignalParser.TryParse(raw, out var signals, out _) ? signals : CanonicalSignals.Empty;

    /// <summary>What judging found out, and learning needs again.</summary>
    private sealed record Working(
        TokenizedEnvironment Environment, IReadOnlyList<PopulationToken> Values, ProofState Proof, SeenPlaces Places, SignalConflicts Conflicts);
}
