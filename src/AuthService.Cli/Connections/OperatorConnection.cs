using System.CommandLine;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace AuthService.Cli.Connections;

/// <summary>A connection to the running service, as the operator.</summary>
internal sealed class OperatorConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly GrpcChannel _channel;

    private OperatorConnection(GrpcChannel channel, string token)
    {
        _channel = channel;
        Calls = channel.Intercept(metadata => [.. metadata, new Metadata.Entry("authorization", $"Bearer {token}")]).Intercept(new Deadlines());
    }

    /// <summary>Calls with the credential, and with a deadline.</summary>
    public CallInvoker Calls { get; }

    public static OperatorConnection Open(ParseResult parsed) => Open(parsed, ReadToken(parsed));

    public static OperatorConnection Open(ParseResult parsed, string token)
    {
        var address = parsed.GetRequiredValue(GlobalOptions.Address);
        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            throw new CommandFailure($"{address} is plaintext, and the credential would be there for all to read: use https.");
        return new OperatorConnection(GrpcChannel.ForAddress(address), token);
    }

    public static string ReadToken(ParseResult parsed)
    {
        // No default of the option: --help shows those.
        if ((parsed.GetValue(GlobalOptions.Token) ?? Environment.GetEnvironmentVariable("AUTHCTL_TOKEN")) is { Length: > 0 } token)
            return token;
        return ReadToken(parsed.GetRequiredValue(GlobalOptions.TokenFile));
    }

    public static string ReadToken(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"No credential: {file.FullName} cannot be read. Name one by --token-file or AUTHCTL_TOKEN; "
                + "Development writes its own to the data folder's bootstrap/ at its first start.");
        }
    }

    public void Dispose() => _channel.Dispose();

    private sealed class Deadlines : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            var options = context.Options.WithDeadline(TimeProvider.System.GetUtcNow().UtcDateTime + Patience);
            return continuation(request, new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, options));
        }
    }
}
