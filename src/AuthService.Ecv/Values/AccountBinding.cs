using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Values;

/// <summary>Ties a value to an account: a token of the account's id under the account's own key.</summary>
public readonly record struct AccountBinding
{
    private const int MaxIdLength = 128;

    private AccountBinding(Token token) => Token = token;

    internal Token Token { get; }

    /// <param name="accountKey">K_account.</param>
    /// <param name="accountId">1 to 128 characters.</param>
    public static AccountBinding Derive(EcvKey accountKey, string accountId)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accountId.Length, MaxIdLength, nameof(accountId));
        return new AccountBinding(TokenHash.Once(accountKey, CharacteristicKind.None, 0, accountId));
    }
}
