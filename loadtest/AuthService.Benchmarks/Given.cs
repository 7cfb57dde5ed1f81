using System.Net;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.Environments;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Benchmarks;

/// <summary>What is measured with: an account, its surroundings, and as much history as a profile holds.</summary>
internal static class Given
{
    private const int Homes = 20;
    private const int Logins = 100;
    private const int Devices = 31;

    /// <summary>A Wednesday, ten in the morning.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    public static readonly byte[] KeyBytes = [.. Enumerable.Range(1, EcvKey.Size).Select(i => (byte)i)];

    public static readonly EcvKey Key = new(KeyBytes);

    /// <summary>Everything an Android phone with all consents tells: a full scan, a place with its radius, other accounts.</summary>
    public static EnvironmentSignals Message(int number) => new()
    {
        CollectedAt = Now.ToTimestamp(),
        Device = new DeviceSignals
        {
            HardwareId = $"f2a1c3d4e5b607{number:x2}", BoardId = $"board-{number}", Mac = $"00:1a:2b:3c:4d:{number:x2}",
            Manufacturer = $"Maker {number % 7}", Model = $"Model {number}", OsName = "Android", OsVersion = $"{10 + (number / 4)}.{number % 4}",
            DeviceName = $"Anna's phone {number}", Category = "phone",
        },
        Wifi = new WifiSignals
        {
            Ssid = $"Linden {number}", Bssid = $"3c:a6:2f:11:22:{number:x2}", RssiDbm = -48,
            Neighbours = { Enumerable.Range(0, 16).Select(i => new AccessPoint { Bssid = $"44:4e:6d:0b:{number:x2}:{i:x2}", RssiDbm = -35 - (3 * i) }) },
        },
        Location = new LocationSignals
        {
            CountryCode = number % 5 == 4 ? "AT" : "DE", CityCode = $"CITY{number}", MccMnc = $"262-0{number % 4}", CellId = $"{27_447_297 + number}",
            Latitude = 52.520008 + (number * 0.01), Longitude = 13.404954 + (number * 0.01), AccuracyM = 18, Language = $"de-{(char)('A' + number)}E",
        },
        Account = new AccountSignals { PlatformAccountHashes = { Enumerable.Range(0, 4).Select(i => $"6b86b273ff34fce19d6b804eff5a{number:x2}{i:x2}") } },
    };

    /// <summary>The same, as the engine takes it.</summary>
    public static CanonicalSignals Phone(int number) => SignalParser.TryParse(SignalMapping.ToRaw(Message(number)), out var signals, out var violations)
        ? signals
        : throw new InvalidOperationException(string.Join("; ", violations));

    public static ConnectionObservation Connection(int number) => new()
    {
        Peer = new IPAddress([203, 0, (byte)number, 7]), Country = number % 5 == 4 ? "AT" : "DE", Asn = 3320 + (uint)(number % 6),
        NetworkClass = NetworkClass.Fixed, Time = Now.AddHours(-4 * number),
        RoundTrip = TimeSpan.FromMilliseconds(16 << (number % 5)),
    };

    public static TokenizedEnvironment Environment(int number) =>
        Tokenizer.Tokenize(Key, Phone(number), SignalConsents.All, Connection(number));

    /// <summary>Twenty entries of every kind that can have them, 64 visits, 31 devices.</summary>
    public static Profile FullProfile() => Enumerable.Range(0, Logins).Aggregate(Profile.Empty, (profile, login) => profile.Learn(
        Environment(login % Homes),
        new Lesson(VerdictTag.Of($"verdict {login}"), Now.AddDays(login - Logins), LearnedHow.Proof, DeviceTag.Of($"device {login % Devices}"))));

    public static RiskInput Question(Profile profile, TokenizedEnvironment environment) => new()
    {
        Profile = profile,
        Environment = environment,
        Facts = new CallFacts { Proof = ProofState.Valid, AccountsOnNetwork = 1 },
        Population = PopulationCounts.Unknown,
        Time = Now,
    };
}
