using System.Net;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Tests;

/// <summary>One account and what surrounds it, so that a test says only what matters to it.</summary>
internal static class World
{
    /// <summary>A Wednesday, ten in the morning.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    public static readonly EcvKey Key = new(Enumerable.Range(1, EcvKey.Size).Select(i => (byte)i).ToArray());

    public static readonly EcvKey OtherKey = new(Enumerable.Range(101, EcvKey.Size).Select(i => (byte)i).ToArray());

    public static ConnectionObservation Home { get; } =
        new() { Peer = IPAddress.Parse("203.0.113.7"), Country = "DE", Asn = 3320, NetworkClass = NetworkClass.Fixed, Time = Start };

    public static RawSignals Phone { get; } = new()
    {
        Device = new RawDeviceSignals
        {
            HardwareId = "f2a1c3d4e5b60718", Manufacturer = "Google", Model = "Pixel 9", OsName = "Android", OsVersion = "15",
            DeviceName = "Anna's Pixel", Category = "phone",
        },
        Wifi = new RawWifiSignals
        {
            Ssid = "Linden 12", Bssid = "3c:a6:2f:11:22:33", RssiDbm = -48,
            Neighbours = [new("3c:a6:2f:11:22:34", -52), new("e8:df:70:aa:01:02", -71), new("44:4e:6d:0b:0c:0d", -84)],
        },
        Location = new RawLocationSignals
        {
            CountryCode = "DE", CityCode = "DEBER", MccMnc = "262-01", CellId = "27447297",
            Latitude = 52.520008, Longitude = 13.404954, AccuracyM = 18, Language = "de-DE",
        },
        PlatformAccountHashes = ["6b86b273ff34fce1", "d4735e3a265e16ee"],
    };

    public static CanonicalSignals Parse(RawSignals raw)
    {
        SignalParser.TryParse(raw, out var signals, out var violations).ShouldBeTrue(string.Join("; ", violations));
        return signals;
    }

    public static TokenizedEnvironment Tokenize(RawSignals raw, ConnectionObservation? observation = null) =>
        Tokenizer.Tokenize(Key, Parse(raw), SignalConsents.All, observation ?? ConnectionObservation.None);

    public static TokenizedEnvironment Observed(string peer, string? country = "DE", uint? asn = 3320) =>
        Tokenize(new RawSignals(), new ConnectionObservation { Peer = IPAddress.Parse(peer), Country = country, Asn = asn });

    public static Lesson Lesson(int login, LearnedHow how = LearnedHow.Proof, DeviceTag? device = null, DateTimeOffset? time = null) =>
        new(VerdictTag.Of($"ver_{login}"), time ?? Start, how, device);

    /// <summary>A profile that the same environment has taught so many times.</summary>
    public static Profile Taught(int logins, TokenizedEnvironment environment, Profile? start = null, int firstLogin = 0)
    {
        var content = ProfileContent.Of((start ?? Profile.Empty).Row);
        for (var login = 0; login < logins; login++)
            Learning.Learn(content, environment, Lesson(firstLogin + login));
        return Profile.Read(ProfileWriter.Write(content));
    }

    public static RiskVerdict Judge(
        Profile profile, TokenizedEnvironment environment, CallFacts? facts = null, DateTimeOffset? time = null,
        PopulationCounts? population = null, RiskPolicy? policy = null) =>
        RiskEngine.Judge(Input(profile, environment, facts, time, population), policy ?? RiskPolicy.Default);

    public static RiskInput Input(
        Profile profile, TokenizedEnvironment environment, CallFacts? facts = null, DateTimeOffset? time = null,
        PopulationCounts? population = null) => new()
    {
        Profile = profile,
        Environment = environment,
        Facts = facts ?? new CallFacts(),
        Population = population ?? PopulationCounts.Unknown,
        Time = time ?? Start,
    };

    public static EvidenceLine Line(this RiskVerdict verdict, string characteristic) =>
        verdict.Evidence.First(line => line.Characteristic == characteristic);
}
