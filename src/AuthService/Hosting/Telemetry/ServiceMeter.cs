namespace AuthService.Hosting.Telemetry;

/// <summary>The one name under which every capability makes its instruments; docs/operations.md lists them.</summary>
/// <remarks>
/// Make them through <see cref="System.Diagnostics.Metrics.IMeterFactory"/>. Tags come from closed sets: never an id, an address or
/// anything else that a caller chooses.
/// </remarks>
public static class ServiceMeter
{
    public const string Name = "AuthService";
}
