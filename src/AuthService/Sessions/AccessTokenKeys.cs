using System.Security.Cryptography;
using AuthService.Security.Keys;
using Microsoft.Extensions.ObjectPool;
using Microsoft.IdentityModel.Tokens;

namespace AuthService.Sessions;

/// <summary>One set of handles on the signing keys. Rented, because an <see cref="ECDsa"/> is for one thread at a time.</summary>
internal sealed class AccessTokenKeys : IDisposable
{
    private readonly Dictionary<string, ECDsaSecurityKey> _verifying;
    private readonly List<ECDsa> _handles = [];

    private AccessTokenKeys(SigningKeySet keys)
    {
        // The library's cache of providers is global and by key: it would hand one thread's handle to another.
        var uncached = new CryptoProviderFactory { CacheSignatureProviders = false };
        var signing = new ECDsaSecurityKey(Keep(keys.Current.Open())) { KeyId = keys.Current.Id.Value, CryptoProviderFactory = uncached };
        Signing = new SigningCredentials(signing, SecurityAlgorithms.EcdsaSha256) { CryptoProviderFactory = uncached };
        _verifying = keys.All.ToDictionary(
            key => key.Id.Value,
            key => new ECDsaSecurityKey(Keep(ECDsa.Create(key.Public))) { KeyId = key.Id.Value, CryptoProviderFactory = uncached },
            StringComparer.Ordinal);
    }

    public SigningCredentials Signing { get; }

    public static ObjectPool<AccessTokenKeys> Pool(SigningKeySet keys) => new DefaultObjectPoolProvider().Create(new Policy(keys));

    /// <summary>The key of this id, or none.</summary>
    public IEnumerable<SecurityKey> Verifying(string? keyId) =>
        keyId is not null && _verifying.TryGetValue(keyId, out var key) ? [key] : [];

    public void Dispose()
    {
        foreach (var handle in _handles)
            handle.Dispose();
    }

    private ECDsa Keep(ECDsa handle)
    {
        _handles.Add(handle);
        return handle;
    }

    private sealed class Policy(SigningKeySet keys) : PooledObjectPolicy<AccessTokenKeys>
    {
        public override AccessTokenKeys Create() => new(keys);

        public override bool Return(AccessTokenKeys obj) => true;
    }
}
