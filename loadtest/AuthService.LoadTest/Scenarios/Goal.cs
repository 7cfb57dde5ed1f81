using System.Globalization;

namespace AuthService.LoadTest.Scenarios;

/// <summary>What a figure must reach: at least or at most.</summary>
internal readonly record struct Goal(double Bound, bool IsLeast)
{
    public static Goal AtLeast(double bound) => new(bound, IsLeast: true);

    public static Goal AtMost(double bound) => new(bound, IsLeast: false);

    public bool IsMetBy(double figure) => IsLeast ? figure >= Bound : figure <= Bound;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsLeast ? "≥" : "≤")} {Bound:0.##}");
}
