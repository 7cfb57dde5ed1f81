using System.Globalization;
using AuthService.Hosting.Network;
using AuthService.Security.Keys;

namespace AuthService.Audit;

/// <summary>
/// Names a network without telling it: a keyed token, another one every day. Equal tokens of a day mean equal networks, which is
/// what filters and detectors need; an address is no secret to hide by hashing alone (it has 32 bits), so the key matters.
/// </summary>
public sealed class NetworkTokens(Keyring keyring)
{
    private const int Length = 16;

    public byte[] TokenOf(ClientNetwork network, DateTimeOffset at) => TokenOf(network.LimitKey, at);

    /// <param name="limitKey">As <see cref="ClientNetwork.LimitKey"/> gives it.</param>
    /// <param name="at">Decides the day, in UTC.</param>
    internal byte[] TokenOf(string limitKey, DateTimeOffset at)
    {
        var day = at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return keyring.Current(KeyUse.NetworkToken).Mac(Transcript.Of("authservice/network/1", day, limitKey))[..Length];
    }
}
