using AuthService.LoadTest.Load;

namespace AuthService.LoadTest.Scenarios;

/// <summary>One line of the table: a figure, what it is beside, and whether that is enough.</summary>
/// <param name="Scenario">Its name, as on the command line.</param>
/// <param name="What">The figure in words.</param>
/// <param name="Figure">Of the service.</param>
/// <param name="Unit">As in <c>calls/s</c>.</param>
/// <param name="Beside">The baseline in words.</param>
/// <param name="Baseline">Its figure, in the same unit.</param>
internal sealed record Finding(string Scenario, string What, double Figure, string Unit, string Beside, double Baseline)
{
    public Goal? Goal { get; init; }

    public double Ratio => Figure / Baseline;

    /// <summary>Null where nothing was promised.</summary>
    public bool? IsMet => Goal?.IsMetBy(this);

    /// <summary>Where the figure comes from, if it comes from a load.</summary>
    public LoadResult? Load { get; init; }

    /// <summary>What a reader has to know of it, if anything.</summary>
    public string Note { get; init; } = "";
}
