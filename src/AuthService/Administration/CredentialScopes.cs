using AuthService.Protocol;

namespace AuthService.Administration;

/// <summary>What a service's credential may do: at least one of <see cref="Scopes.OfServices"/>, each once, in their order.</summary>
public sealed record CredentialScopes
{
    private CredentialScopes(IReadOnlyList<string> values) => Values = values;

    public IReadOnlyList<string> Values { get; }

    public static bool TryParse(IEnumerable<string> scopes, out CredentialScopes parsed)
    {
        var asked = scopes.ToHashSet(StringComparer.Ordinal);
        parsed = new CredentialScopes([.. Scopes.OfServices.Where(asked.Contains)]);
        return asked.Count > 0 && parsed.Values.Count == asked.Count;
    }

    /// <summary>For scopes that the code itself names.</summary>
    /// <exception cref="ArgumentException">One of them is no scope of services.</exception>
    public static CredentialScopes Of(params IEnumerable<string> scopes) =>
        TryParse(scopes, out var parsed) ? parsed : throw new ArgumentException("Not scopes of services.", nameof(scopes));

    /// <summary>As the database keeps them.</summary>
    public override string ToString() => string.Join(' ', Values);
}
