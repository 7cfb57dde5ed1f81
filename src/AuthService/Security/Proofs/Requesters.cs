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

    public byte[] TokenOf(Call call) => call.Proof is { } proof ? Token("device", proof.Device.Id) : Token("network", call.Network.Prefix);

    /// <summary>
    /// Whether the call comes from who asked: the device that proves itself again, or the same network. A device that proves itself
    /// only now, from the network that asked, is that network still.
    /// </summary>
    public bool IsSame(Call call, ReadOnlySpan<byte> requester) =>
        CryptographicOperations.FixedTimeEquals(TokenOf(call), requester)
        || CryptographicOperations.FixedTimeEquals(Token("network", call.Network.Prefix), requester);

    private byte[] Token(string kind, string value) =>
        keyring.Current(KeyUse.Challenge).Mac(Transcript.Of("authservice/requester/1", kind, value))[..Length];
}
