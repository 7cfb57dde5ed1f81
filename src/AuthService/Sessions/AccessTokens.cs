using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using AuthService.Hosting;
using AuthService.Protocol;
using AuthService.Security.Keys;
using AuthService.Storage.Ids;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthService.Sessions;

/// <summary>Issues and verifies access tokens: JWTs by RFC 9068, ES256, as drawn in README.md.</summary>
internal sealed class AccessTokens(SigningKeys keys, IOptions<DeploymentOptions> deployment) : IDisposable
{
    /// <summary>How long a token lasts: who verifies it offline learns of a revocation this late at worst.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Ours have about 900 characters. Longer text is not looked at.</summary>
    public const int MaxLength = 4096;

    private const string Type = "at+jwt";
    private const string Scope = "scope";
    private const string Thumbprint = "jkt";

    private static readonly JsonWebTokenHandler Handler = new()
    {
        MaximumTokenSizeInBytes = MaxLength,
        MapInboundClaims = false,
        SetDefaultTimesOnTokenCreation = false,
    };

    private volatile Pooled? _pooled;

    /// <summary>The keys as they are now; another object when they have changed.</summary>
    public SigningKeySet Keys => keys.Now;

    /// <param name="state">Of the session.</param>
    /// <param name="device">The device that the session is bound to, and the RFC 7638 thumbprint of its key; or null.</param>
    /// <param name="generation">Of the refresh token that goes with it.</param>
    public (string Text, DateTimeOffset ExpiresAt) Issue(
        SessionState state, (DeviceId Id, string Thumbprint)? device, int generation, DateTimeOffset now)
    {
        // A token's times are whole seconds (NumericDate).
        var last = now + Lifetime;
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((last < state.ExpiresAt ? last : state.ExpiresAt).ToUnixTimeSeconds());
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Iss] = deployment.Value.Issuer,
            [JwtRegisteredClaimNames.Aud] = deployment.Value.Audience,
            [JwtRegisteredClaimNames.Sub] = state.Account.Value,
            [JwtRegisteredClaimNames.Sid] = state.Session.Value,

            // RFC 9068 demands it. There are no registered clients: all apps are the deployment's own.
            ["client_id"] = deployment.Value.Name,
            [Scope] = string.Join(' ', Scopes.OfUsers),
            [JwtRegisteredClaimNames.Amr] = state.Methods,
            [JwtRegisteredClaimNames.Acr] = Assurance.LevelAt(state.Aal2Until, now),
            [JwtRegisteredClaimNames.AuthTime] = state.FactorAt.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Iat] = now.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Exp] = expiresAt.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Jti] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
            [PrivateClaims.Generation] = generation,
        };
        if (device is { } bound)
        {
            claims[PrivateClaims.Device] = bound.Id.Value;
            claims["cnf"] = new Dictionary<string, object> { [Thumbprint] = bound.Thumbprint };
        }

        var pool = PoolOf(keys.Now);
        var rented = pool.Get();
        try
        {
            var token = new SecurityTokenDescriptor { TokenType = Type, Claims = claims, SigningCredentials = rented.Signing };
            return (Handler.CreateToken(token), expiresAt);
        }
        finally
        {
            pool.Return(rented);
        }
    }

    /// <summary>What the token says, or null unless it is one of ours: RFC 9068 §4. Its time is left to the caller.</summary>
    /// <param name="text">Whatever somebody sent.</param>
    /// <param name="set">The keys that are good.</param>
    public async ValueTask<AccessToken?> VerifyAsync(string text, SigningKeySet set)
    {
        if (text.Length > MaxLength)
            return null;

        var pool = PoolOf(set);
        var rented = pool.Get();
        try
        {
            var result = await Handler.ValidateTokenAsync(text, ParametersWith(rented));
            return result.IsValid && TryRead((JsonWebToken)result.SecurityToken, out var token) ? token : null;
        }
        finally
        {
            pool.Return(rented);
        }
    }

    public void Dispose() => _pooled?.Dispose();

    /// <summary>
    /// Handles on these keys. Those of a set before are not disposed of, since somebody may be at work with them: their finalizers
    /// do that.
    /// </summary>
    private ObjectPool<AccessTokenKeys> PoolOf(SigningKeySet set)
    {
        var pooled = _pooled;
        if (pooled is null || pooled.Set != set)
            _pooled = pooled = new Pooled(set, AccessTokenKeys.Pool(set));
        return pooled.Pool;
    }

    private TokenValidationParameters ParametersWith(AccessTokenKeys rented) => new()
    {
        RequireSignedTokens = true,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        ValidTypes = [Type],
        ValidIssuer = deployment.Value.Issuer,
        ValidAudience = deployment.Value.Audience,
        IssuerSigningKeyResolver = (_, _, keyId, _) => rented.Verifying(keyId),
        TryAllIssuerSigningKeys = false,

        // Whether it has expired changes while the token is remembered as verified: LiveTokens looks each time.
        LifetimeValidator = (_, expires, _, _) => expires is not null,
    };

    private static bool TryRead(JsonWebToken jwt, [NotNullWhen(true)] out AccessToken? token)
    {
        token = null;
        if (!AccountId.TryParse(jwt.Subject, out var account)
            || !jwt.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Sid, out var sid) || !SessionId.TryParse(sid, out var session)
            || !jwt.TryGetPayloadValue<string>(Scope, out var scope)
            || !jwt.TryGetPayloadValue<int>(PrivateClaims.Generation, out var generation)
            || !jwt.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Exp, out var expiresAt))
            return false;

        var device = jwt.TryGetPayloadValue<string>(PrivateClaims.Device, out var id) ? DeviceId.Parse(id) : (DeviceId?)null;
        var thumbprint = jwt.TryGetPayloadValue<JsonElement>("cnf", out var confirmation)
            ? confirmation.GetProperty(Thumbprint).GetString()
            : null;
        token = new AccessToken(
            account, session, device, thumbprint, scope.Split(' '), generation, DateTimeOffset.FromUnixTimeSeconds(expiresAt));
        return true;
    }

    private sealed record Pooled(SigningKeySet Set, ObjectPool<AccessTokenKeys> Pool) : IDisposable
    {
        public void Dispose() => (Pool as IDisposable)?.Dispose();
    }
}
