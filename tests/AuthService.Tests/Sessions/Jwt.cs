using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AuthService.Security.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Sessions;

/// <summary>An access token taken apart, to be changed and put together again.</summary>
public sealed class Jwt
{
    /// <summary>What makes a good token one that nobody may take: one claim or header of it is changed.</summary>
    public static readonly IReadOnlyList<(string What, Action<Jwt> Change)> Faults =
    [
        ("another audience", jwt => jwt.Payload["aud"] = "authservice/fr"),
        ("no audience", jwt => jwt.Payload.Remove("aud")),
        ("another issuer", jwt => jwt.Payload["iss"] = "https://example.org"),
        ("no issuer", jwt => jwt.Payload.Remove("iss")),
        ("another type", jwt => jwt.Header["typ"] = "JWT"),
        ("no type", jwt => jwt.Header.Remove("typ")),
        ("another algorithm", jwt => jwt.Header["alg"] = "ES384"),
        ("a key that there is not", jwt => jwt.Header["kid"] = "abcdefgh"),
        ("no key", jwt => jwt.Header.Remove("kid")),
        ("no expiry", jwt => jwt.Payload.Remove("exp")),
        ("no subject", jwt => jwt.Payload.Remove("sub")),
        ("no session", jwt => jwt.Payload.Remove("sid")),
    ];

    private readonly SigningKey _key;

    private Jwt(SigningKey key, JsonObject header, JsonObject payload) => (_key, Header, Payload) = (key, header, payload);

    public JsonObject Header { get; }

    public JsonObject Payload { get; }

    public static Jwt Of(TestService service, string token)
    {
        var parts = token.Split('.');
        return new Jwt(service.Services.GetRequiredService<SigningKeys>().Now.Current, Read(parts[0]), Read(parts[1]));
    }

    /// <summary>Signed with the service's own key: only what was changed can be wrong.</summary>
    public string Signed()
    {
        using var key = _key.Open();
        return SignedBy(key);
    }

    public string SignedBy(ECDsa key) => With(key.SignData(Encoding.ASCII.GetBytes(Content), HashAlgorithmName.SHA256));

    /// <summary>The public key, which everybody has, taken for a secret.</summary>
    public string SignedWithHmacOfThePublicKey()
    {
        using var key = _key.Open();
        return With(HMACSHA256.HashData(key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(Content)));
    }

    public string Unsigned() => With([]);

    private string Content => $"{Write(Header)}.{Write(Payload)}";

    private string With(byte[] signature) => $"{Content}.{Base64Url.EncodeToString(signature)}";

    private static JsonObject Read(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    private static string Write(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
