using AuthService.Ecv.Signals;
using AuthService.Environments.Addresses;
using AuthService.Hosting.Network;

namespace AuthService.Environments;

/// <summary>
/// What the server itself sees of a connection: no client can claim it, and it needs no consent. It depends on nothing but the
/// connection, so it takes as long for nobody's account as for somebody's.
/// </summary>
public sealed class ConnectionObserver(AddressSources sources)
{
    /// <param name="network">Where the call came from, or null if nobody observed it.</param>
    /// <param name="now">By the server's clock.</param>
    /// <param name="roundTrip">How long the call's challenge took to come back; null without one.</param>
    public ConnectionObservation Observe(ClientNetwork? network, DateTimeOffset now, TimeSpan? roundTrip = null)
    {
        if (network is not { } seen)
            return ConnectionObservation.None;

        var facts = sources.Find(seen.Address);
        return new ConnectionObservation
        {
            Peer = seen.Address,
            Country = facts.Country,
            Asn = facts.Asn,
            NetworkClass = facts.Class,
            Fix = facts.Fix,
            RoundTrip = roundTrip,
            Time = now,
        };
    }
}
