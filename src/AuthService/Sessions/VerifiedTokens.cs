using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using AuthService.Security.Keys;
using BitFaster.Caching.Lru;
using Microsoft.Extensions.Options;

namespace AuthService.Sessions;

/// <summary>Remembers which access tokens were verified, so that none is verified twice. Bounded.</summary>
/// <remarks>
/// By SHA-256 of the whole token, signature included: memory holds no token that somebody could use. Refusals are not remembered:
/// they are whoever's to make up.
/// </remarks>
internal sealed class VerifiedTokens(AccessTokens tokens, IOptions<SessionOptions> options)
{
    private volatile Known? _known;

    /// <summary>What the token says, or null unless it is one of ours; see <see cref="AccessTokens.VerifyAsync"/>.</summary>
    public ValueTask<AccessToken?> VerifyAsync(string text)
    {
        if (text.Length > AccessTokens.MaxLength || !Ascii.IsValid(text))
            return default;

        var known = KnownUnder(tokens.Keys);
        var digest = Digest.Of(text);
        return known.Tokens.TryGet(digest, out var token) ? ValueTask.FromResult<AccessToken?>(token) : VerifyAsync(known, digest, text);
    }

    private async ValueTask<AccessToken?> VerifyAsync(Known known, Digest digest, string text)
    {
        var token = await tokens.VerifyAsync(text, known.Keys);
        if (token is not null)
            known.Tokens.AddOrUpdate(digest, token);
        return token;
    }

    /// <summary>What was verified with keys that have changed since counts no more: one of them may have been compromised.</summary>
    private Known KnownUnder(SigningKeySet keys)
    {
        var known = _known;
        if (known is null || known.Keys != keys)
            _known = known = new Known(keys, new ConcurrentLru<Digest, AccessToken>(options.Value.TokensCached));
        return known;
    }

    private sealed record Known(SigningKeySet Keys, ConcurrentLru<Digest, AccessToken> Tokens);

    private readonly record struct Digest(UInt128 First, UInt128 Second)
    {
        public static Digest Of(string text)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            TokenHash.Write(text, hash);
            return MemoryMarshal.Read<Digest>(hash);
        }
    }
}
