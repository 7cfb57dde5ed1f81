namespace AuthService.LoadTest.Subject;

/// <summary>What an operator would say of a data folder, that people were signed up to in Development, to a service in Production.</summary>
internal static class Production
{
    /// <summary>Of the tokens, in Development too, so that those are good that were issued there.</summary>
    public const string Issuer = "https://auth.example.org";

    /// <summary>Environment variables; null: not what this process has.</summary>
    public static Dictionary<string, string?> Settings(string data) => new(Anywhere(data), StringComparer.Ordinal)
    {
        ["Keys__KeyringPath"] = Path.Combine(data, "keys", "keyring.json"),
        ["Messaging__Smtp__Host"] = "127.0.0.1",
        ["Messaging__Smtp__From"] = "AuthService <no-reply@example.org>",
        ["Serving__DrainSeconds"] = "0",

        // So that people come from where they live.
        ["ClientAddress__TrustedProxies__0"] = "127.0.0.0/8",
    };

    /// <summary>What Development is told, too.</summary>
    public static Dictionary<string, string?> Anywhere(string data) => new(StringComparer.Ordinal)
    {
        ["DOTNET_ENVIRONMENT"] = null,
        ["ASPNETCORE_ENVIRONMENT"] = null,
        ["AUTHSERVICE_GRPC_PORT"] = null,
        ["AUTHSERVICE_WEB_PORT"] = null,
        ["AUTHSERVICE_DATA"] = data,
        ["Deployment__Issuer"] = Issuer,
    };
}
