namespace AuthService.Client.Sessions;

/// <summary>All that the app remembers between starts, apart from its device key. Holds secrets and does not print them.</summary>
public sealed record StoredSignIn
{
    /// <summary>Nothing: never signed in here.</summary>
    public static StoredSignIn Empty { get; } = new();

    /// <summary>Null when signed out.</summary>
    public ClientSession? Session { get; init; }

    /// <summary>What lets this device sign in again without a step-up; outlives the session. Or empty.</summary>
    public string DeviceToken { get; init; } = "";

    /// <summary>Under which name the service knows this app's device key; outlives the session. Empty while it is not bound.</summary>
    public string DeviceId { get; init; } = "";

    public override string ToString() => Session?.ToString() ?? "signed out";
}
