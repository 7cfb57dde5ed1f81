using System.Globalization;

namespace AuthService.LoadTest.Scenarios;

/// <summary>What must be reached: by the ratio to the baseline, or, where a unit is given, by the figure itself.</summary>
internal readonly record struct Goal(double Bound, bool IsLeast, string? Unit = null)
{
    public static Goal AtLeast(double bound, string? unit = null) => new(bound, IsLeast: true, unit);

    public static Goal AtMost(double bound, string? unit = null) => new(bound, IsLeast: false, unit);

    public bool IsMetBy(Finding finding)
    {
        var reached = Unit is null ? finding.Ratio : finding.Figure;
        return IsLeast ? reached >= Bound : reached <= Bound;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsLeast ? "≥" : "≤")} {Bound:#,0.##} {Unit}").TrimEnd();
}
