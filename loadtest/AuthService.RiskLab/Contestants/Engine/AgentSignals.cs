using AuthService.Ecv.Signals;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Contestants.Engine;

/// <summary>What a user agent says, as signals of the device.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>System and browser make one versioned name: <c>device.os</c> "Android, Chrome Mobile" in version 10.0.81.0. An update
/// of either is an upgrade and no mismatch, an older one is evidence, another browser another name.</item>
/// <item><c>device.model</c> is the type of device, and within it what the string names in its first parentheses besides the
/// system: "SM-G973F".</item>
/// </list>
/// </remarks>
internal static class AgentSignals
{
    private const int Longest = 64;

    public static RawSignals Of(UserAgent agent)
    {
        var (os, osVersion) = Split(agent.Os);
        var (browser, browserVersion) = Split(agent.Browser);
        var hasAny = os.Length + browser.Length > 0;
        return new RawSignals
        {
            Device = new RawDeviceSignals
            {
                Manufacturer = Text(agent.DeviceType),
                Model = Text(ModelIn(agent.Text) ?? ""),
                OsName = hasAny ? Text($"{os}, {browser}") : null,
                OsVersion = hasAny ? $"{Component(osVersion, 0)}.{Component(osVersion, 1)}.{Component(browserVersion, 0)}.{Component(browserVersion, 2)}" : null,
            },
        };
    }

    /// <summary>"Chrome Mobile 81.0.4044" is "Chrome Mobile" and "81.0.4044".</summary>
    internal static (string Name, string Version) Split(string text)
    {
        var trimmed = text.Trim();
        var at = trimmed.LastIndexOf(' ');
        return at > 0 && at + 1 < trimmed.Length && char.IsAsciiDigit(trimmed[at + 1]) ? (trimmed[..at], trimmed[(at + 1)..]) : (trimmed, "");
    }

    /// <summary>The last part of the first parentheses, where it is no version of the system: "SM-G973F", "iPhone" has none.</summary>
    internal static string? ModelIn(string agent)
    {
        var open = agent.IndexOf('(', StringComparison.Ordinal);
        var close = open < 0 ? -1 : agent.IndexOf(')', open);
        if (close < 0)
            return null;

        var parts = agent[(open + 1)..close].Split(';', StringSplitOptions.TrimEntries);
        var model = parts[^1];
        var build = model.IndexOf(" Build/", StringComparison.Ordinal);
        if (build > 0)
            model = model[..build];
        return parts.Length > 2 && parts.Any(part => part.StartsWith("Android", StringComparison.Ordinal)) ? model : parts[0];
    }

    private static string Component(string version, int index)
    {
        var components = version.Split('.', '_');
        return index < components.Length && components[index].Length is > 0 and < 6 && components[index].All(char.IsAsciiDigit) ? components[index] : "0";
    }

    /// <summary>What the engine would refuse is cut short or left out: user agents come from anybody.</summary>
    private static string? Text(string value)
    {
        var clean = string.Concat(value.Where(character => character is >= ' ' and < '\u007f'));
        return clean.Length <= Longest ? clean : clean[..Longest];
    }
}
