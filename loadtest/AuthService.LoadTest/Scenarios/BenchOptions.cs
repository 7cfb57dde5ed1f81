namespace AuthService.LoadTest.Scenarios;

/// <summary>How much is measured, and on what.</summary>
/// <param name="Time">Of each load.</param>
/// <param name="Rounds">How often a pair is measured in turn; the median of their ratios counts.</param>
/// <param name="People">Who sign up.</param>
/// <param name="SessionsOfOne">Of each of them.</param>
/// <param name="Store"><c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="Against">A service that runs already, or null.</param>
/// <param name="Data">Its data folder.</param>
internal sealed record BenchOptions(TimeSpan Time, int Rounds, int People, int SessionsOfOne, string Store, Uri? Against, string? Data)
{
    public TimeSpan WarmUp => Time / 2;

    public TimeSpan Soak { get; init; } = TimeSpan.FromMinutes(10);
}
