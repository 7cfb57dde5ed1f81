using AuthService.Client.Connections;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Client.Calls;

/// <summary>
/// One unary call, tried again where the service says how: with a challenge instead of time and jti (it forgets used jti's
/// at a restart, and our clock may be wrong), with a renewed token, or over a new connection. Each at most once.
/// </summary>
/// <param name="method">Takes the request as the bytes that were hashed: it is serialised once, before this.</param>
internal sealed class ProvenCall<TResponse>(
    ServerConnections connections,
    ProofMaker proofs,
    CallerSource callers,
    Method<byte[], TResponse> method,
    CallOptions options,
    byte[] message)
    where TResponse : class
{
    private volatile AsyncUnaryCall<TResponse>? _attempt;
    private volatile bool _isEnded;

    public async Task<Metadata> HeadersAsync(Task<TResponse> response)
    {
        await response;
        return await _attempt!.ResponseHeadersAsync;
    }

    public Status Status => _attempt?.GetStatus() ?? throw new InvalidOperationException("The call has not ended.");

    public Metadata Trailers => _attempt?.GetTrailers() ?? throw new InvalidOperationException("The call has not ended.");

    public async Task<TResponse> RunAsync()
    {
        var (challenged, renewed, reconnected) = (false, false, false);
        while (true)
        {
            var caller = await callers.CurrentAsync(options.CancellationToken);
            var connection = connections.Current;

            // Asking for a challenge also opens the connection, and so shows the certificate to sign for.
            var byChallenge = challenged || caller.AnswersChallenge || connection.CertificateHash is null;
            try
            {
                return await AttemptAsync(caller, connection, byChallenge);
            }
            catch (RpcException problem)
            {
                var refusal = AuthServiceException.From(problem);
                if (refusal.Reason == ErrorReasons.InvalidProof && caller.Provers.Count > 0 && !byChallenge)
                {
                    challenged = true;
                }
                else if (refusal.Reason == ErrorReasons.CredentialRequired && callers.RenewAsync is { } renewAsync && !renewed)
                {
                    await renewAsync(caller, options.CancellationToken);
                    renewed = true;
                }
                else if (connection.IsSuperseded && !reconnected && WasNeverSent(problem))
                {
                    reconnected = true;
                }
                else
                {
                    throw refusal;
                }
            }
        }
    }

    /// <summary>Ends the call, if it is still running.</summary>
    public void End()
    {
        _isEnded = true;
        _attempt?.Dispose();
    }

    private async Task<TResponse> AttemptAsync(Caller caller, ServerConnection connection, bool byChallenge)
    {
        var headers = new Metadata();
        foreach (var header in options.Headers ?? [])
            headers.Add(header);
        if (caller.AccessToken is { } token)
            headers.Add("authorization", $"Bearer {token}");
        if (caller.Provers.Count > 0)
            await ProveAsync(headers, caller, connection, byChallenge);

        // What is sent is what was hashed: compressed, it would be something else.
        var asHashed = options.WithHeaders(headers).WithWriteOptions(new WriteOptions(WriteFlags.NoCompress));
        ObjectDisposedException.ThrowIf(_isEnded, this);
        _attempt?.Dispose();
        var attempt = _attempt = connection.Invoker.AsyncUnaryCall(method, null, asHashed, message);
        return await attempt.ResponseAsync;
    }

    private async Task ProveAsync(Metadata headers, Caller caller, ServerConnection connection, bool byChallenge)
    {
        if (!RpcName.TryParse(method.FullName, out var rpc))
            throw new InvalidOperationException($"{method.FullName} is no RPC's name.");

        var freshness = byChallenge ? await ChallengeAsync(caller.ChallengePurpose, connection) : null;
        var certificateHash = connection.CertificateHash
            ?? throw new InvalidOperationException("Connected, and saw no certificate to sign for.");
        foreach (var prover in caller.Provers)
        {
            headers.Add(await proofs.MakeAsync(
                prover, rpc, message, caller.AccessToken, certificateHash, freshness ?? proofs.ByTime(), options.CancellationToken));
        }
    }

    private async Task<ProofFreshness> ChallengeAsync(ChallengePurpose purpose, ServerConnection connection)
    {
        var service = new LoginService.LoginServiceClient(connection.Invoker);
        var answer = await service.CreateChallengeAsync(
            new CreateChallengeRequest { Purpose = purpose }, options.Headers, options.Deadline, options.CancellationToken);
        return new ProofFreshness.ByChallenge(answer.Challenge.Memory);
    }

    private static bool WasNeverSent(RpcException problem) =>
        problem.Status.DebugException is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
}
