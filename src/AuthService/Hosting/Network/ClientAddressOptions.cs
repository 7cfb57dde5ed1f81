using System.Net;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting.Network;

/// <summary>Section <c>ClientAddress</c>.</summary>
public sealed class ClientAddressOptions : IValidateOptions<ClientAddressOptions>
{
    /// <summary>
    /// Proxies whose <c>Forwarded</c> or <c>X-Forwarded-For</c> is believed, in CIDR notation. Default none: then the address is
    /// the peer's, whatever a header says. In Development: loopback.
    /// </summary>
    public IList<string> TrustedProxies { get; set; } = [];

    public bool Trusts(IPAddress peer) =>
        TrustedProxies.Any(network => IPNetwork.Parse(network).Contains(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer));

    public ValidateOptionsResult Validate(string? name, ClientAddressOptions options)
    {
        var wrong = options.TrustedProxies.Where(network => !IPNetwork.TryParse(network, out _)).ToList();
        return wrong.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(wrong.Select(network => $"ClientAddress:TrustedProxies: '{network}' is no network in CIDR notation."));
    }
}
