using AuthService.Storage.Ids;

namespace AuthService.Hosting.Calls;

/// <summary>Who calls. A closed set.</summary>
public abstract record Caller
{
    private Caller()
    {
    }

    /// <summary>Nobody in particular.</summary>
    public sealed record Anonymous : Caller
    {
        public static readonly Anonymous Instance = new();
    }

    /// <summary>A person, signed in.</summary>
    /// <param name="KeyThumbprint">Of the device key that the session is bound to, or null.</param>
    /// <param name="FactorAt">When a factor was last passed in this session.</param>
    public sealed record User(
        AccountId Account,
        SessionId Session,
        DeviceId? Device,
        string? KeyThumbprint,
        IReadOnlyList<string> Scopes,
        DateTimeOffset FactorAt) : Caller;

    /// <summary>An internal service or an operator.</summary>
    public sealed record Service(string CredentialId, string Name, IReadOnlyList<string> Scopes) : Caller
    {
        public bool Has(string scope) => Scopes.Contains(scope, StringComparer.Ordinal);
    }
}
