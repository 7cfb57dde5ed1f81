using System.Globalization;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>Which versions of systems and browsers were current on a day. 2020's calendar, roughly; day 0 is 3 February.</summary>
internal static class Releases
{
    private const double ChromeCycle = 42;
    private const double AppleCycle = 38;
    private const double WindowsCycle = 182;

    /// <summary>iOS 14 came on 16 September, Android 11 on 8 September.</summary>
    private const double Autumn = 225;

    private const double AndroidElevenFrom = 218;

    public static string Chrome(double day) => string.Create(
        CultureInfo.InvariantCulture, $"{80 + Whole(day / ChromeCycle)}.0.{3987 + (58 * Whole(day / ChromeCycle))}.{100 + (11 * (Whole(day / 14) & 3))}");

    public static string Firefox(double day) => string.Create(CultureInfo.InvariantCulture, $"{73 + Whole(day / 28)}.0");

    public static string Ios(double day) => day < Autumn
        ? string.Create(CultureInfo.InvariantCulture, $"13.{4 + Whole(day / AppleCycle)}.{Whole(day / 19) & 1}")
        : string.Create(CultureInfo.InvariantCulture, $"14.{Whole((day - Autumn) / AppleCycle)}.{Whole(day / 19) & 1}");

    public static string MacOs(double day) => day < Autumn + 60
        ? string.Create(CultureInfo.InvariantCulture, $"10.15.{3 + Whole(day / 50)}")
        : string.Create(CultureInfo.InvariantCulture, $"11.{Whole((day - Autumn - 60) / 50)}.0");

    public static string Windows(double day) => (Whole(day / WindowsCycle) switch { < 0 => "10.0.18362", 0 => "10.0.18363", 1 => "10.0.19041", _ => "10.0.19042" });

    /// <summary>A phone gets one new major version in its life, if any; each maker when it has time.</summary>
    public static string Android(Thing thing, double day)
    {
        var dice = Dice.Of(thing.Seed, "android", thing.Id);
        var major = 8 + Math.Min(2, (int)dice.Exponential(2.2) switch { 0 => 2, 1 => 1, _ => 0 });
        var upgrades = dice.Chance(0.45) ? AndroidElevenFrom + dice.Between(10, 250) : double.MaxValue;
        return string.Create(CultureInfo.InvariantCulture, $"{(day >= upgrades ? major + 1 : major)}");
    }

    private static int Whole(double value) => (int)Math.Floor(value);
}
