using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using AuthService.Hosting;
using AuthService.Protocol;
using AuthService.Security.Keys;
using Google.Protobuf;
using Microsoft.Extensions.Options;

namespace AuthService.Sessions;

/// <summary>What others need to verify access tokens without asking: the public keys, and where they are found.</summary>
internal sealed class PublishedKeys
{
    public const string Algorithm = "ES256";

    /// <summary>RFC 7517 puts no path on it; this is the one that everybody uses. It stands in the metadata.</summary>
    public const string KeySetPath = "/.well-known/jwks.json";

    /// <summary>RFC 8414 §3.</summary>
    public const string MetadataPath = "/.well-known/oauth-authorization-server";

    /// <summary>Where libraries look that come from OpenID Connect: the same document, as RFC 8414 §5 foresees.</summary>
    public const string CompatibleMetadataPath = "/.well-known/openid-configuration";

    private readonly SigningKeys _keys;
    private volatile Published? _published;

    public PublishedKeys(SigningKeys keys, IOptions<DeploymentOptions> deployment)
    {
        _keys = keys;
        var issuer = deployment.Value.Issuer;
        Metadata = new ServerMetadata(
            issuer, issuer.TrimEnd('/') + KeySetPath, ["none"], Scopes.OfUsers, [AssuranceLevels.Aal1, AssuranceLevels.Aal2]);
    }

    public JsonWebKeySet KeySet => Now.KeySet;

    public ServerMetadata Metadata { get; }

    /// <summary>For <c>ListSigningKeys</c>.</summary>
    public IReadOnlyList<V1.SigningKey> Messages => Now.Messages;

    private Published Now
    {
        get
        {
            var (set, published) = (_keys.Now, _published);
            if (published is null || published.Set != set)
                _published = published = new Published(
                    set, new JsonWebKeySet([.. set.All.Select(ToJsonWebKey)]), [.. set.All.Select(ToMessage)]);
            return published;
        }
    }

    private static JsonWebKey ToJsonWebKey(SigningKey key) => new(
        "EC",
        "P-256",
        Base64Url.EncodeToString(key.Public.Q.X),
        Base64Url.EncodeToString(key.Public.Q.Y),
        key.Id.Value,
        Algorithm,
        "sig");

    private static V1.SigningKey ToMessage(SigningKey key)
    {
        using var handle = ECDsa.Create(key.Public);
        return new V1.SigningKey
        {
            KeyId = key.Id.Value,
            Algorithm = Algorithm,
            PublicKey = ByteString.CopyFrom(handle.ExportSubjectPublicKeyInfo()),
        };
    }

    private sealed record Published(SigningKeySet Set, JsonWebKeySet KeySet, IReadOnlyList<V1.SigningKey> Messages);
}

/// <summary>RFC 7517 §5.</summary>
internal sealed record JsonWebKeySet([property: JsonPropertyName("keys")] IReadOnlyList<JsonWebKey> Keys);

/// <summary>RFC 7517 §4, RFC 7518 §6.2.</summary>
internal sealed record JsonWebKey(
    [property: JsonPropertyName("kty")] string KeyType,
    [property: JsonPropertyName("crv")] string Curve,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y,
    [property: JsonPropertyName("kid")] string KeyId,
    [property: JsonPropertyName("alg")] string Algorithm,
    [property: JsonPropertyName("use")] string Use);

/// <summary>RFC 8414 §2. People sign in by gRPC: there are no endpoints of OAuth, hence the response type "none".</summary>
internal sealed record ServerMetadata(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("jwks_uri")] string KeySetUri,
    [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypes,
    [property: JsonPropertyName("scopes_supported")] IReadOnlyList<string> Scopes,
    [property: JsonPropertyName("acr_values_supported")] IReadOnlyList<string> AssuranceLevels);

[JsonSerializable(typeof(JsonWebKeySet))]
[JsonSerializable(typeof(ServerMetadata))]
internal sealed partial class PublishedKeysJson : JsonSerializerContext;
