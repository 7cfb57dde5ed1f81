using System.Security.Cryptography.X509Certificates;
using AuthService.Client.Keys;
using AuthService.Client.Sessions;

namespace AuthService.Client;

/// <summary>Where the service is, and what this app has to show.</summary>
public sealed class AuthServiceClientOptions
{
    /// <summary>The service: <c>https://</c>, or <c>http://</c> on loopback only, since a proof in plaintext protects from nobody between.</summary>
    public Uri? Address { get; set; }

    /// <summary>Deployment and region as the service calls itself, <c>name/region</c>. Default <c>authservice/de</c>, as in Development.</summary>
    public string Audience { get; set; } = "authservice/de";

    /// <summary>This app's key, if it has one. It proves something once it is bound: <see cref="AuthServiceClient.BindDeviceAsync"/>.</summary>
    public IDeviceKey? DeviceKey { get; set; }

    /// <summary>Where the session lives between calls and starts. Default: in memory only.</summary>
    public ISessionStore SessionStore { get; set; } = new MemorySessionStore();

    /// <summary>How long before its end an access token is renewed. Default 30 s, of the 5 minutes that it lives.</summary>
    public TimeSpan RefreshAhead { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one refresh may take. It serves all who wait for it, so it does not stop when one of them does. Default 10 s.</summary>
    public TimeSpan RefreshTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest answer taken, in bytes. Default 1 MiB.</summary>
    public int MaxResponseBytes { get; set; } = 1024 * 1024;

    /// <summary>Which certificates to trust. Default null: those that the system trusts.</summary>
    public X509ChainPolicy? CertificateChainPolicy { get; set; }

    /// <summary>For tests in process: sends instead of sockets. It stays the caller's, who disposes of it.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    internal static void Check(AuthServiceClientOptions options)
    {
        if (options.Address is not { IsAbsoluteUri: true } address || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            throw new ArgumentException("Address: an absolute http or https URI is needed.", nameof(options));
        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            throw new ArgumentException("Address: plaintext is for loopback only; use https.", nameof(options));
        if (string.IsNullOrEmpty(options.Audience))
            throw new ArgumentException("Audience: the service's name and region are needed, for instance authservice/de.", nameof(options));
        if (options.HttpHandler is not null && address.Scheme == Uri.UriSchemeHttps)
            throw new ArgumentException("HttpHandler: shows no certificate to sign for; use http on loopback with it.", nameof(options));
    }
}
