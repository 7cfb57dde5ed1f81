using System.Net;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting.Network;

/// <summary>Tells the address that a call comes from: the peer's, or what a trusted proxy says that it saw.</summary>
/// <remarks>
/// The list of addresses is walked from the right, the end that our own proxies wrote, and the first that is no trusted proxy is
/// the client. What stands left of it is the client's own invention.
/// </remarks>
internal sealed class ClientAddress(IOptions<ClientAddressOptions> options)
{
    private readonly IPNetwork[] _trusted = [.. options.Value.TrustedProxies.Select(IPNetwork.Parse)];

    public ClientNetwork Of(HttpContext call)
    {
        // TestServer has no connection, and so no address: it stands in for a local caller.
        var address = call.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        if (_trusted.Length == 0 || call.Request.Headers[options.Value.Header].Count == 0 || !IsTrusted(address))
            return new ClientNetwork(address);

        foreach (var hop in Hops(call.Request.Headers))
        {
            // Something that is no address ends the walk: nothing beyond it can be trusted.
            if (!TryParseHop(hop, out var seen))
                break;
            address = seen;
            if (!IsTrusted(address))
                break;
        }

        return new ClientNetwork(address);
    }

    private bool IsTrusted(IPAddress address)
    {
        var plain = new ClientNetwork(address).Address;
        return Array.Exists(_trusted, network => network.Contains(plain));
    }

    /// <summary>From the nearest to the farthest.</summary>
    private IEnumerable<string> Hops(IHeaderDictionary headers)
    {
        var elements = string.Join(',', headers[options.Value.Header].ToArray()).Split(',', StringSplitOptions.TrimEntries).Reverse();
        return options.Value.Header == ClientAddressOptions.XForwardedFor ? elements : elements.Select(ForOf);
    }

    /// <summary>The <c>for</c> of an element of <c>Forwarded</c> (RFC 7239 §4); empty if it has none.</summary>
    private static string ForOf(string element) =>
        element.Split(';', StringSplitOptions.TrimEntries)
            .FirstOrDefault(pair => pair.StartsWith("for=", StringComparison.OrdinalIgnoreCase))?[4..].Trim('"') ?? "";

    private static bool TryParseHop(string hop, out IPAddress address)
    {
        // "[2001:db8::1]:4711", "203.0.113.7:4711", or the address alone.
        if (hop.Length <= 64 && IPEndPoint.TryParse(hop, out var endPoint))
        {
            address = endPoint.Address;
            return true;
        }

        address = IPAddress.None;
        return false;
    }
}
