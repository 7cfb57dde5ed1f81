using System.Security.Cryptography;
using AuthService.Hosting.Calls;
using AuthService.Security.Keys;

namespace AuthService.Security.Proofs;

/// <summary>
/// Who asked for a code, and alone may answer with it: the device whose key proved possession, or else the network (/24 or /48)
/// that the call came from. So a code that was talked out of somebody is worth nothing elsewhere.
/// </summary>
public sealed class Requesters(Keyring keyring)
{
    private const int Length = 16;

    public byte[] TokenOf(Call call) => TokenOf(call, keyring.Current(KeyUse.Challenge));

    /// <summary>
    /// Whether the call comes from who asked: the device that proves itself again, or the same network. A device that proves itself
    /// only now, from the network that asked, is that network still.
    /// </summary>
    public bool IsSame(Call call, ReadOnlySpan<byte> requester)
    {
        // Whatever key it was asked under: one may have taken over since.
        var matches = false;
        foreach (var key in keyring.All(KeyUse.Challenge))
        {
            matches |= CryptographicOperations.FixedTimeEquals(TokenOf(call, key), requester);
            matches |= CryptographicOperations.FixedTimeEquals(Token(key, "network", call.Network.Prefix), requester);
        }

        return matches;
    }

    private static byte[] TokenOf(Call call, Key key) =>
        call.Proof is { } proof ? Token(key, "device", proof.Device.Id) : Token(key, "network", call.Network.Prefix);

    private static byte[] Token(Key key, string kind, string value) =>
        key.Mac(Transcript.Of("authservice/requester/1", kind, value))[..Length];
}
