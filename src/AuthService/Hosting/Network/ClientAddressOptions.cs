using System.Net;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting.Network;

/// <summary>Section <c>ClientAddress</c>.</summary>
public sealed class ClientAddressOptions : IValidateOptions<ClientAddressOptions>
{
    internal const string XForwardedFor = "X-Forwarded-For", Forwarded = "Forwarded";

    /// <summary>
    /// Proxies whose word on the client's address is believed, see <see cref="Header"/>; in CIDR notation. Default none: then the address is
    /// the peer's, whatever a header says. In Development: loopback.
    /// </summary>
    public IList<string> TrustedProxies { get; set; } = [];

    /// <summary>
    /// The one header that those proxies write. Default <c>X-Forwarded-For</c>; <c>Forwarded</c> (RFC 7239) where they write that
    /// instead. The other one is never read: a proxy that does not know a header passes on what the client put there.
    /// </summary>
    public string Header { get; set; } = XForwardedFor;

    public ValidateOptionsResult Validate(string? name, ClientAddressOptions options)
    {
        var problems = options.TrustedProxies.Where(network => !IPNetwork.TryParse(network, out _))
            .Select(network => $"ClientAddress:TrustedProxies: '{network}' is no network in CIDR notation.")
            .ToList();
        if (options.Header is not (XForwardedFor or Forwarded))
            problems.Add($"ClientAddress:Header must be {XForwardedFor} or {Forwarded}.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
