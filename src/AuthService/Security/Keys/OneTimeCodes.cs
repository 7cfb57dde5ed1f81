using System.Security.Cryptography;

namespace AuthService.Security.Keys;

/// <summary>
/// Short codes that a person reads in a message and types. The store keeps HMAC-SHA-256 over the code and the request that it is
/// for: six digits are tried in no time, so a plain hash would tell them; and a code copied to another request is worth nothing.
/// </summary>
public sealed class OneTimeCodes(Keyring keyring)
{
    private const string Purpose = "authservice/code/1";
    private const string Digits = "0123456789";

    /// <summary>A code of decimal digits, each equally likely.</summary>
    /// <param name="digits">6 to 8. SP 800-63B-4 §3.1.3.2 asks for at least six.</param>
    public static Secret<string> Create(int digits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 6);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, 8);
        return new Secret<string>(RandomNumberGenerator.GetString(Digits, digits));
    }

    /// <summary>What the store keeps: 32 bytes.</summary>
    /// <param name="requestId">What the code is for: a step-up's id, a verification's id.</param>
    public byte[] Hash(string requestId, Secret<string> code) => keyring.Current(KeyUse.OneTimeCode).Mac(Message(requestId, code));

    /// <summary>Whether this is the code. Codes that a retired key hashed count as long as the keyring holds it.</summary>
    public bool IsMatch(string requestId, Secret<string> presented, ReadOnlySpan<byte> hash)
    {
        var message = Message(requestId, presented);
        var matches = false;
        foreach (var key in keyring.All(KeyUse.OneTimeCode))
            matches |= key.IsMac(message, hash);

        return matches;
    }

    private static byte[] Message(string requestId, Secret<string> code) => Transcript.Of(Purpose, requestId, code.Value);
}
