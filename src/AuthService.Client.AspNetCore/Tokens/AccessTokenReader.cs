using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using AuthService.Protocol;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthService.Client.AspNetCore.Tokens;

/// <summary>Why a token could not be read.</summary>
internal enum TokenFault
{
    None = 0,
    Invalid = 1,

    /// <summary>AuthService's keys could not be had, so nobody knows.</summary>
    KeysUnavailable = 2,
}

/// <param name="Fault">None if there is a token.</param>
/// <param name="Token">Null if there is none.</param>
internal readonly record struct TokenReading(TokenFault Fault, KnownToken? Token = null);

/// <summary>Verifies access tokens: JWTs by RFC 9068 §4, ES256, for this service. Their time is left to the caller.</summary>
internal sealed class AccessTokenReader(PublishedKeys keys, IOptions<AuthServiceSessionsOptions> options)
{
    /// <summary>AuthService's have about 900 characters. Longer text is not looked at.</summary>
    public const int MaxLength = 4096;

    private const string Type = "at+jwt";

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = MaxLength, MapInboundClaims = false };

    public async ValueTask<TokenReading> ReadAsync(string text, CancellationToken cancellationToken)
    {
        // 1. What it says of itself, before anybody is asked for a key: strangers' tokens cause no calls.
        if (!TryParse(text, out var jwt) || jwt.Alg != SecurityAlgorithms.EcdsaSha256 || jwt.Typ != Type || jwt.Issuer != options.Value.Issuer
            || string.IsNullOrEmpty(jwt.Kid))
            return new TokenReading(TokenFault.Invalid);

        // 2. A key that is good now.
        var found = await keys.FindAsync(jwt.Kid, cancellationToken);
        if (found.IsUnavailable)
            return new TokenReading(TokenFault.KeysUnavailable);
        if (found.Key is not { } key)
            return new TokenReading(TokenFault.Invalid);

        // 3. The signature, and who it is for. The handle is for one thread at a time, and the library would share it: so one a token.
        using var handle = ECDsa.Create(key);
        var result = await Handler.ValidateTokenAsync(jwt, ParametersWith(handle, jwt.Kid));

        // 4. What it has to say.
        return result.IsValid && TryRead(jwt, out var token) ? new TokenReading(TokenFault.None, token) : new TokenReading(TokenFault.Invalid);
    }

    private TokenValidationParameters ParametersWith(ECDsa handle, string keyId) => new()
    {
        RequireSignedTokens = true,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        ValidTypes = [Type],
        ValidIssuer = options.Value.Issuer,
        ValidAudience = options.Value.Audience,
        IssuerSigningKey = new ECDsaSecurityKey(handle)
        {
            KeyId = keyId, CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        },
        LifetimeValidator = (_, expires, _, _) => expires is not null,
    };

    private static bool TryParse(string text, [NotNullWhen(true)] out JsonWebToken? jwt)
    {
        try
        {
            jwt = new JsonWebToken(text);
            return true;
        }
        catch (Exception problem) when (problem is ArgumentException or SecurityTokenException or FormatException or JsonException)
        {
            jwt = null;
            return false;
        }
    }

    private static bool TryRead(JsonWebToken jwt, [NotNullWhen(true)] out KnownToken? token)
    {
        token = null;
        if (string.IsNullOrEmpty(jwt.Subject)
            || !jwt.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Sid, out var session) || session.Length == 0
            || !jwt.TryGetPayloadValue<string>("scope", out var scope)
            || !jwt.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Acr, out var level) || AssuranceLevels.Rank(level) == 0
            || !jwt.TryGetPayloadValue<int>("gen", out var generation)
            || !jwt.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Iat, out var issuedAt)
            || !jwt.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Exp, out var expiresAt)
            || !TryReadKey(jwt, out var thumbprint))
            return false;

        var claimed = new ValidSession
        {
            AccountId = jwt.Subject,
            SessionId = session,
            DeviceId = jwt.TryGetPayloadValue<string>("device_id", out var device) ? device : "",
            KeyThumbprint = thumbprint,
            Amr = [.. jwt.Claims.Where(claim => claim.Type == JwtRegisteredClaimNames.Amr).Select(claim => claim.Value)],
            Aal = level,
            Scopes = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(expiresAt),
        };
        token = new KnownToken(claimed, jwt.Kid, generation, DateTimeOffset.FromUnixTimeSeconds(issuedAt));
        return true;
    }

    /// <summary>A confirmation that is not understood is no reason to take the token without it (RFC 7800 §3.1).</summary>
    private static bool TryReadKey(JsonWebToken jwt, out string thumbprint)
    {
        thumbprint = "";
        if (!jwt.TryGetPayloadValue<JsonElement>("cnf", out var confirmation))
            return !jwt.TryGetPayloadValue<object>("cnf", out _);
        if (confirmation.ValueKind != JsonValueKind.Object || !confirmation.TryGetProperty("jkt", out var value) || value.ValueKind != JsonValueKind.String)
            return false;

        thumbprint = value.GetString()!;
        return thumbprint.Length > 0;
    }
}
