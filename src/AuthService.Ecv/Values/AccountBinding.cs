using System.Text;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Values;

/// <summary>Ties a value to an account: a token of the account's id under the account's own key.</summary>
public readonly record struct AccountBinding
{
    private AccountBinding(Token token) => Token = token;

    internal Token Token { get; }

    public static AccountBinding Derive(EcvKey accountKey, string accountId)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountId);
        using var tokens = new TokenHash(accountKey);
        return new AccountBinding(tokens.Of(CharacteristicKind.None, 0, Encoding.UTF8.GetBytes(accountId)));
    }
}
