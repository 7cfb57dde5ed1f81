using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
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
    private readonly ConcurrentLru<Digest, AccessToken> _verified = new(options.Value.TokensCached);

    /// <inheritdoc cref="AccessTokens.VerifyAsync"/>
    public ValueTask<AccessToken?> VerifyAsync(string text)
    {
        if (text.Length > AccessTokens.MaxLength || !Ascii.IsValid(text))
            return default;

        var digest = Digest.Of(text);
        return _verified.TryGet(digest, out var token) ? ValueTask.FromResult<AccessToken?>(token) : VerifyAsync(digest, text);
    }

    private async ValueTask<AccessToken?> VerifyAsync(Digest digest, string text)
    {
        var token = await tokens.VerifyAsync(text);
        if (token is not null)
            _verified.AddOrUpdate(digest, token);
        return token;
    }

    private readonly record struct Digest(UInt128 First, UInt128 Second)
    {
        public static Digest Of(string text)
        {
            Span<byte> bytes = stackalloc byte[text.Length];
            Encoding.ASCII.GetBytes(text, bytes);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes, hash);
            return MemoryMarshal.Read<Digest>(hash);
        }
    }
}
