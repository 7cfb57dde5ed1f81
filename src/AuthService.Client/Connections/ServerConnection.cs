using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;

namespace AuthService.Client.Connections;

/// <summary>
/// A channel that speaks to one server certificate only: the first one that it sees. A proof names the certificate that it is
/// made for, and this is what makes the proof go nowhere else: were the channel to reconnect to another certificate between
/// signing and sending, a machine in the middle could pass the proof on.
/// </summary>
internal sealed class ServerConnection : IDisposable
{
    private readonly GrpcChannel _channel;
    private volatile byte[]? _certificateHash;
    private volatile bool _isSuperseded;

    public ServerConnection(AuthServiceClientOptions options)
    {
        IsPlaintext = options.Address!.Scheme == Uri.UriSchemeHttp;
        _channel = GrpcChannel.ForAddress(options.Address, new GrpcChannelOptions
        {
            HttpHandler = options.HttpHandler ?? Sockets(options),
            DisposeHttpClient = options.HttpHandler is null,
            ThrowOperationCanceledOnCancellation = true,
            MaxReceiveMessageSize = options.MaxResponseBytes,
        });
        Invoker = _channel.CreateCallInvoker();
    }

    public CallInvoker Invoker { get; }

    /// <summary>Whether there is no certificate to name. Only on loopback, see <see cref="AuthServiceClientOptions.Address"/>.</summary>
    public bool IsPlaintext { get; }

    /// <summary>Whether the server showed another certificate: time for a new connection.</summary>
    public bool IsSuperseded => _isSuperseded;

    /// <summary>SHA-256 of the server's certificate; empty in plaintext; null until the first call has connected.</summary>
    public byte[]? CertificateHash => IsPlaintext ? [] : _certificateHash;

    public void Dispose() => _channel.Dispose();

    private SocketsHttpHandler Sockets(AuthServiceClientOptions options) => new()
    {
        AllowAutoRedirect = false, // proofs go where they were made for, or nowhere
        UseCookies = false,
        UseProxy = !IsPlaintext,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = options.CertificateChainPolicy,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => errors == SslPolicyErrors.None && IsSame(certificate!),
        },
    };

    private bool IsSame(X509Certificate certificate)
    {
        var shown = SHA256.HashData(certificate.GetRawCertData());
        var first = Interlocked.CompareExchange(ref _certificateHash, shown, null) ?? shown;
        if (first.AsSpan().SequenceEqual(shown))
            return true;

        _isSuperseded = true;
        return false;
    }
}
