using System.Security.Cryptography;
using AuthService.Security.Keys;

namespace AuthService.Security.Factors;

/// <summary>
/// Look-up secrets (NIST SP 800-63B-4 §3.1.2): twelve characters of Crockford's base 32, 60 bits, in three groups. Stored under
/// a keyed hash that is bound to the account.
/// </summary>
internal sealed class RecoveryCodes(Keyring keyring)
{
    /// <summary>How many a set has.</summary>
    public const int Count = 10;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 12, Group = 4;

    public static Secret<string> Create()
    {
        var code = RandomNumberGenerator.GetString(Alphabet, Length);
        return new Secret<string>($"{code[..Group]}-{code[Group..(2 * Group)]}-{code[(2 * Group)..]}");
    }

    /// <summary>Under each key of the keyring, the current one first: a set lives longer than a key does.</summary>
    public IReadOnlyList<byte[]> Hashes(AccountKeys account, Secret<string> code)
    {
        var text = Transcript.Of("authservice/recovery-code/1", account.Account.Value, Normalise(code.Value));
        return [.. keyring.All(KeyUse.OneTimeCode).Select(key => key.Mac(text))];
    }

    // People write o for 0, and i or l for 1; groups may be written together.
    private static string Normalise(string code) => code
        .Replace("-", "", StringComparison.Ordinal)
        .Replace(" ", "", StringComparison.Ordinal)
        .ToLowerInvariant()
        .Replace('o', '0').Replace('i', '1').Replace('l', '1');
}
