using System.Reflection;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Cli.Demo;

/// <summary>What a device would say of where it is: examples/environments, as they were when this was built.</summary>
internal static class Surroundings
{
    public static EnvironmentSignals PhoneAtHome() => Read("android-phone-at-home");

    public static EnvironmentSignals NewPhoneAbroad() => Read("new-android-phone-abroad");

    /// <summary>The phone from home, in a place where nobody of this story has been.</summary>
    public static EnvironmentSignals PhoneOnATrip()
    {
        var (phone, elsewhere) = (PhoneAtHome(), Read("stranger"));
        (phone.Wifi, phone.Location) = (elsewhere.Wifi, elsewhere.Location);
        return phone;
    }

    /// <summary>A machine that has nothing to do with Anna.</summary>
    public static EnvironmentSignals Stranger() => Read("stranger");

    /// <summary>The phone from home, by its own word in Sydney, on no Wi-Fi.</summary>
    public static EnvironmentSignals PhoneOverseas()
    {
        var phone = PhoneAtHome();
        phone.Wifi = null;
        phone.Location = new LocationSignals
        {
            CountryCode = "AU",
            CityCode = "AUSYD",
            Latitude = -33.868820,
            Longitude = 151.209290,
            AccuracyM = 25,
            Language = phone.Location.Language,
        };
        return phone;
    }

    private static EnvironmentSignals Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"environments/{name}.json")
            ?? throw new InvalidOperationException($"environments/{name}.json was not built in.");
        using var reader = new StreamReader(stream);
        var signals = JsonParser.Default.Parse<EnvironmentSignals>(reader);
        signals.CollectedAt = TimeProvider.System.GetUtcNow().ToTimestamp();
        return signals;
    }
}
