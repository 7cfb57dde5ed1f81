namespace AuthService.LoadTest.Scenarios;

/// <summary>One kind of load, and what it is compared with.</summary>
internal interface IScenario
{
    /// <summary>As on the command line.</summary>
    string Name { get; }

    /// <summary>One sentence for the help.</summary>
    string Description { get; }

    /// <summary>Drives the load, its baseline in the same run. Tells of refusals that should not be by an exception.</summary>
    Task<IReadOnlyList<Finding>> RunAsync(Bench bench);
}
