using System.Net;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.Ecv.Values;

namespace AuthService.Fuzz;

/// <summary>The one account that all is judged for. Nothing in it is secret or random, so that a finding can be repeated.</summary>
internal static class Account
{
    public const string Id = "acc_de_01jz0000000000000000000000";

    /// <summary>A Wednesday, ten in the morning.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    public static readonly EcvKey Key = new([.. Enumerable.Range(1, EcvKey.Size).Select(i => (byte)i)]);

    public static readonly AccountBinding Binding = AccountBinding.Derive(Key, Id);

    public static readonly ConnectionObservation Home =
        new() { Peer = IPAddress.Parse("203.0.113.7"), Country = "DE", Asn = 3320, NetworkClass = NetworkClass.Fixed, Time = Now };

    public static readonly Profile Profile = Ecv.Profiles.Profile.Empty
        .Learn(Tokenize(Surroundings.Phone), new Lesson(VerdictTag.Of("1"), Now.AddDays(-2), LearnedHow.SignUp, null))
        .Learn(Tokenize(Surroundings.Phone), new Lesson(VerdictTag.Of("2"), Now.AddDays(-1), LearnedHow.Proof, DeviceTag.Of("phone")));

    public static TokenizedEnvironment Tokenize(CanonicalSignals signals) => Tokenizer.Tokenize(Key, signals, SignalConsents.All, Home);

    public static RiskInput Input(TokenizedEnvironment environment, Profile? profile = null) => new()
    {
        Profile = profile ?? Profile,
        Environment = environment,
        Facts = new CallFacts { AccountsOnNetwork = 1 },
        Population = PopulationCounts.Unknown,
        Time = Now,
    };
}

/// <summary>Time stands still: what a reader answers depends on its input alone.</summary>
internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset now = now;

    public override DateTimeOffset GetUtcNow() => now;

    public void MoveTo(DateTimeOffset time) => now = time;
}
