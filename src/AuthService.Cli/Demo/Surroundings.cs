using System.Reflection;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Cli.Demo;

/// <summary>What a device would say of where it is: examples/environments, as they were when this was built.</summary>
internal static class Surroundings
{
    public static EnvironmentSignals PhoneAtHome() => Read("android-phone-at-home");

    public static EnvironmentSignals OtherPhoneAbroad() => Read("android-phone-abroad");

    /// <summary>The phone from home, at the place of the other one.</summary>
    public static EnvironmentSignals PhoneOnATrip()
    {
        var (phone, abroad) = (PhoneAtHome(), OtherPhoneAbroad());
        (phone.Wifi, phone.Location) = (abroad.Wifi, abroad.Location);
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
