using System.Net.Security;
using AuthService.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace AuthService.Client.AspNetCore.Questions;

/// <summary>The way to AuthService, and what this service shows there.</summary>
internal sealed class ServiceConnection : IDisposable
{
    private const int LongestAnswer = 1024 * 1024;

    private readonly AuthServiceSessionsOptions _options;
    private readonly GrpcChannel _channel;

    public ServiceConnection(IOptions<AuthServiceSessionsOptions> options)
    {
        _options = options.Value;
        _channel = GrpcChannel.ForAddress(_options.Address!, new GrpcChannelOptions
        {
            HttpHandler = _options.HttpHandler ?? Sockets(_options),
            DisposeHttpClient = _options.HttpHandler is null,
            ThrowOperationCanceledOnCancellation = true,
            MaxReceiveMessageSize = LongestAnswer,
        });
        Sessions = new SessionService.SessionServiceClient(_channel);
    }

    public SessionService.SessionServiceClient Sessions { get; }

    /// <exception cref="IOException">The file cannot be read.</exception>
    public async ValueTask<Metadata> CredentialAsync(CancellationToken cancellationToken)
    {
        var credential = string.IsNullOrWhiteSpace(_options.Credential)
            ? await File.ReadAllTextAsync(_options.CredentialFile!, cancellationToken)
            : _options.Credential;
        return new Metadata { { "authorization", $"Bearer {credential.Trim()}" } };
    }

    public void Dispose() => _channel.Dispose();

    private static SocketsHttpHandler Sockets(AuthServiceSessionsOptions options) => new()
    {
        AllowAutoRedirect = false, // the credential goes where it was meant to, or nowhere
        UseCookies = false,
        UseProxy = options.Address!.Scheme == Uri.UriSchemeHttps,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = options.CertificateChainPolicy },
    };
}
