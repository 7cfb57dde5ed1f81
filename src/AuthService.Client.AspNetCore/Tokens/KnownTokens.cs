using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using BitFaster.Caching.Lru;
using Microsoft.Extensions.Options;

namespace AuthService.Client.AspNetCore.Tokens;

/// <summary>Remembers which access tokens were verified, so that none is verified twice. Bounded.</summary>
/// <remarks>
/// By SHA-256 of the whole token, signature included: memory holds no token that somebody could use. What is refused is not remembered:
/// it is whoever's to make up.
/// </remarks>
internal sealed class KnownTokens(AccessTokenReader reader, PublishedKeys keys, IOptions<AuthServiceSessionsOptions> options)
{
    private readonly ConcurrentLru<Digest, KnownToken> _known = new(options.Value.TokensCached);

    public int Count => _known.Count;

    public async ValueTask<TokenReading> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length is 0 or > AccessTokenReader.MaxLength || !Ascii.IsValid(text))
            return new TokenReading(TokenFault.Invalid);

        var digest = Digest.Of(text);
        if (_known.TryGet(digest, out var known))
        {
            // Its key may have ended since.
            return await keys.FindAsync(known.KeyId, cancellationToken) switch
            {
                { Key: not null } => new TokenReading(TokenFault.None, known),
                { IsUnavailable: true } => new TokenReading(TokenFault.KeysUnavailable),
                _ => new TokenReading(TokenFault.Invalid),
            };
        }

        var reading = await reader.ReadAsync(text, cancellationToken);
        if (reading.Token is { } token)
            _known.AddOrUpdate(digest, token);
        return reading;
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
