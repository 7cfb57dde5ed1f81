using System.ComponentModel.DataAnnotations;
using AuthService.Storage;

namespace AuthService.Security.Keys;

/// <summary>Section <c>Keys</c>.</summary>
public sealed class KeyOptions
{
    /// <summary>
    /// The keyring's file, see <see cref="KeyringFile"/>. Required, but in Development: there the default is
    /// <c>keys/keyring.json</c> in the data folder, made at the first start. Elsewhere the operator makes it (<c>authctl keys</c>),
    /// keeps it apart from the database and from its backups, and backs it up: without it nobody can sign in any more.
    /// </summary>
    public string? KeyringPath { get; set; }

    /// <summary>How many accounts' unwrapped keys stay in memory. Default 10,000: about 3 MB.</summary>
    [Range(100, 10_000_000)]
    public int AccountsCached { get; set; } = 10_000;

    /// <summary>Where the keyring's file is.</summary>
    public string PathIn(StorageOptions storage) => KeyringPath ?? storage.FullPath("keys/keyring.json");
}
