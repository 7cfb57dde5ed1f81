using System.Security.Cryptography;
using AuthService.Storage.Ids;

namespace AuthService.Security.Keys;

/// <summary>The two keys of one account, unwrapped. Destroying them turns its ECV tokens and its personal fields into noise.</summary>
/// <remarks>
/// Immutable and valid as long as somebody holds it, even after <see cref="AccountKeyStore.DestroyAsync"/>: work under way ends as
/// it began. For that reason it is left to the garbage collector, and not overwritten when the cache lets go of it.
/// </remarks>
public sealed class AccountKeys
{
    internal const int Size = 2 * Key.Size;

    private readonly byte[] _both;

    internal AccountKeys(AccountId account, byte[] both)
    {
        Account = account;
        _both = both;
    }

    public AccountId Account { get; }

    /// <summary>K_account: tokenises the signals of an ECV. 32 bytes.</summary>
    public ReadOnlySpan<byte> EcvKey => _both.AsSpan(..Key.Size);

    /// <summary>Seals the personal fields; see <see cref="Sealing"/>. 32 bytes.</summary>
    public ReadOnlySpan<byte> DataKey => _both.AsSpan(Key.Size..);

    internal ReadOnlySpan<byte> Both => _both;

    public override string ToString() => $"Keys of {Account}";

    internal static AccountKeys Generate(AccountId account) => new(account, RandomNumberGenerator.GetBytes(Size));
}
