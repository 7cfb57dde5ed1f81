using System.Security.Cryptography;

namespace AuthService.Security.Keys;

/// <summary>The ES256 keys of access tokens: one signs, all that are in the keyring are published.</summary>
public sealed class SigningKeys(Keyring keyring)
{
    /// <summary>Signs new tokens.</summary>
    public SigningKey Current { get; } = new(keyring.Current(KeyUse.Signing));

    /// <summary>Those whose signatures are still good, the newest first: the JWKS.</summary>
    public IReadOnlyList<SigningKey> All { get; } = [.. keyring.All(KeyUse.Signing).Select(key => new SigningKey(key))];
}

/// <summary>An ECDSA P-256 key of this service.</summary>
public sealed class SigningKey
{
    private readonly Key _key;

    internal SigningKey(Key key)
    {
        _key = key;
        using var signing = Open();
        Public = signing.ExportParameters(includePrivateParameters: false);
    }

    /// <summary>The JWT's <c>kid</c>.</summary>
    public KeyId Id => _key.Id;

    /// <summary>The public point; what a JWK shows.</summary>
    public ECParameters Public { get; }

    /// <summary>The key, to sign with. The caller disposes of it, and does not share it between threads.</summary>
    public ECDsa Open() => Open(_key.Material);

    internal static ECDsa Open(ReadOnlySpan<byte> pkcs8)
    {
        var signing = ECDsa.Create();
        try
        {
            signing.ImportPkcs8PrivateKey(pkcs8, out _);
            return signing;
        }
        catch
        {
            signing.Dispose();
            throw;
        }
    }
}
