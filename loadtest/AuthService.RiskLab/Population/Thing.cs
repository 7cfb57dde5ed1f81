using System.Globalization;
using AuthService.Ecv.Signals;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

internal enum ThingKind
{
    Phone,
    Tablet,
    Laptop,
    WorkComputer,
}

/// <summary>Something that people log in from.</summary>
internal sealed record Thing
{
    public required ulong Seed { get; init; }

    /// <summary>No other thing has it.</summary>
    public required long Id { get; init; }

    public required ThingKind Kind { get; init; }

    public required DeviceModel Model { get; init; }

    public string Owner { get; init; } = "";

    /// <summary>Days after which its owner installs what came out.</summary>
    public required double UpdateDelay { get; init; }

    /// <summary>Whether the app on it keeps a device key. A browser keeps none.</summary>
    public bool HasKey { get; init; }

    /// <summary>Whether a key that its owner had before vouched for its key.</summary>
    public bool Countersigned { get; init; }

    public bool IsFirefox { get; init; }

    public string Key => string.Create(CultureInfo.InvariantCulture, $"key-{Id}");

    public bool IsApp => Kind is ThingKind.Phone or ThingKind.Tablet || HasKey;

    public string OsVersion(double day) => Model.Os switch
    {
        "Android" => Releases.Android(this, day),
        "iOS" => Releases.Ios(day - UpdateDelay),
        "Mac OS X" => Releases.MacOs(day - UpdateDelay),
        "Windows" => Releases.Windows(day - (3 * UpdateDelay)),
        _ => "5.4.0",
    };

    public UserAgent Agent(double day)
    {
        var version = OsVersion(day);
        var major = version.Split('.')[0];
        if (Model.Os == "iOS")
        {
            return new UserAgent(
                $"Mozilla/5.0 ({(Kind == ThingKind.Tablet ? "iPad" : "iPhone")}; CPU iPhone OS {version.Replace('.', '_')} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{major}.0 Mobile/15E148 Safari/604.1",
                $"Mobile Safari {major}.0", $"iOS {version}", Kind == ThingKind.Tablet ? "tablet" : "mobile");
        }

        var (browser, name) = IsFirefox ? (Releases.Firefox(day - UpdateDelay), "Firefox") : (Releases.Chrome(day - (UpdateDelay / 2)), "Chrome");
        if (Model.Os == "Android")
        {
            return new UserAgent(
                $"Mozilla/5.0 (Linux; Android {version}; {Model.Name}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{browser} Mobile Safari/537.36",
                $"Chrome Mobile {Short(browser)}", $"Android {version}", Kind == ThingKind.Tablet ? "tablet" : "mobile");
        }

        var (platform, system) = Model.Os switch
        {
            "Windows" => ("Windows NT 10.0; Win64; x64", "Windows 10"),
            "Mac OS X" => ($"Macintosh; Intel Mac OS X {version.Replace('.', '_')}", $"Mac OS X {version}"),
            _ => ("X11; Linux x86_64", "Linux"),
        };
        return IsFirefox
            ? new UserAgent($"Mozilla/5.0 ({platform}; rv:{browser}) Gecko/20100101 Firefox/{browser}", $"Firefox {browser}", system, "desktop")
            : new UserAgent($"Mozilla/5.0 ({platform}) AppleWebKit/537.36 (KHTML, like Gecko) {name}/{browser} Safari/537.36", $"Chrome {Short(browser)}", system, "desktop");
    }

    /// <summary>What the app reads of the device. A browser tells the system and nothing else.</summary>
    /// <param name="hides">Whether its owner denied every permission.</param>
    public RawDeviceSignals Describe(double day, bool hides)
    {
        if (!IsApp)
            return new RawDeviceSignals { OsName = Model.Os, OsVersion = OsVersion(day), Category = "browser" };

        var dice = Dice.Of(Seed, "identity", Id);
        var identifier = $"{dice.Next():x16}";
        var named = dice.Chance(0.6);
        return new RawDeviceSignals
        {
            HardwareId = hides ? null : identifier,
            Manufacturer = Model.Manufacturer,
            Model = Model.Name,
            OsName = Model.Os,
            OsVersion = OsVersion(day),
            DeviceName = hides ? null : named ? $"{Model.Marketing} ({Owner})" : Model.Marketing,
            Category = Kind is ThingKind.Phone ? "phone" : Kind is ThingKind.Tablet ? "tablet" : "laptop",
        };
    }

    private static string Short(string version) => version[..version.LastIndexOf('.')];
}
