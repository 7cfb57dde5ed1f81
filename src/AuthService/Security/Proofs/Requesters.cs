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

    public byte[] TokenOf(Call call) => keyring.Current(KeyUse.Challenge).Mac(call.Proof is { } proof
        ? Transcript.Of("authservice/requester/1", "device", proof.Device.Id)
        : Transcript.Of("authservice/requester/1", "network", call.Network.Prefix))[..Length];

    /// <summary>Whether the call comes from who asked: a device that proves itself now, or the same network.</summary>
    public bool IsSame(Call call, ReadOnlySpan<byte> requester) =>
        System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(TokenOf(call), requester);
}
