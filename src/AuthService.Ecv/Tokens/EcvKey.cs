using System.Security.Cryptography;

namespace AuthService.Ecv.Tokens;

/// <summary>
/// A key under which values become tokens: an account's own K_account, or the service-wide one of the population statistics.
/// Destroying the last copy of K_account turns the account's tokens into noise.
/// </summary>
/// <remarks>Not thread-safe against <see cref="Dispose"/>: unseal, use, dispose within one request.</remarks>
public sealed class EcvKey : IDisposable
{
    /// <summary>256 bits.</summary>
    public const int Size = 32;

    private readonly byte[] bytes = GC.AllocateArray<byte>(Size, pinned: true);
    private bool disposed;

    /// <param name="key">256 random bits. They are copied; the caller clears its own.</param>
    public EcvKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Size)
            throw new ArgumentException("An ECV key has 32 bytes.", nameof(key));

        key.CopyTo(bytes);
    }

    internal ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return bytes;
        }
    }

    public override string ToString() => "[secret]";

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(bytes);
        disposed = true;
    }
}
