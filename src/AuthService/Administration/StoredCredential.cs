using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using AuthService.Security.Keys;
using Microsoft.Extensions.Caching.Hybrid;

namespace AuthService.Administration;

/// <summary>What the store said of a credential.</summary>
/// <param name="Hash">Of its token, hexadecimal: an entry that was moved under another key is none.</param>
/// <param name="Id">Null where no credential that is good has this hash.</param>
/// <param name="Name">Of its holder.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="ReadAt">When the store said so.</param>
internal sealed record StoredCredential(string Hash, string? Id, string Name, string[] Scopes, DateTimeOffset ExpiresAt, DateTimeOffset ReadAt)
{
    /// <summary>An entry that is not this service's, or not whole.</summary>
    public static readonly StoredCredential Broken = new("", null, "", [], default, default);

    /// <summary>As Redis keeps it: <c>32 MAC │ JSON</c>. Whoever writes to Redis must not be able to make a credential.</summary>
    internal sealed class Serializer(Keyring keyring) : IHybridCacheSerializer<StoredCredential>
    {
        private static readonly byte[] Label = Transcript.Of("authservice/cache/service-credential/1");

        public StoredCredential Deserialize(ReadOnlySequence<byte> source)
        {
            var bytes = source.ToArray();
            if (bytes.Length <= HMACSHA256.HashSizeInBytes)
                return Broken;
            var mac = bytes.AsSpan(..HMACSHA256.HashSizeInBytes);
            var json = bytes.AsSpan(HMACSHA256.HashSizeInBytes..);
            return keyring.Current(KeyUse.Request).IsMac([.. Label, .. json], mac) && JsonSerializer.Deserialize<StoredCredential>(json) is { } stored
                ? stored
                : Broken;
        }

        public void Serialize(StoredCredential value, IBufferWriter<byte> target)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(value);
            target.Write(keyring.Current(KeyUse.Request).Mac([.. Label, .. json]));
            target.Write(json);
        }
    }
}
