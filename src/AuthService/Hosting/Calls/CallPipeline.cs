using AuthService.Audit;
using AuthService.Hosting.Errors;
using AuthService.Hosting.Network;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.RateLimiting;
using AuthService.Security.Proofs;
using AuthService.Storage;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Hosting.Calls;

/// <summary>What happens to every call of ours before its handler sees it, in the order of <see cref="RpcTable"/>'s columns.</summary>
/// <remarks>
/// It is middleware rather than a gRPC interceptor because it needs the bytes of the message, before they are parsed and before
/// they cost anything.
/// </remarks>
internal sealed class CallPipeline(
    RequestDelegate next,
    ClientAddress clientAddress,
    RateLimits limits,
    CallsInFlight calls,
    IEnumerable<ICallerSource> callerSources,
    ProofVerifier proofs,
    DeviceSightings sightings,
    CountedEvents countedEvents,
    CallAnswers answers,
    IServiceProvider services,
    TimeProvider clock)
{
    /// <summary>Larger than any request that a proof comes with, and small enough to lie in the connection's window until gRPC reads it.</summary>
    private const int MaxProvenMessage = 64 * 1024;

    private readonly ICallerSource[] _callerSources = [.. callerSources];

    public async Task InvokeAsync(HttpContext http)
    {
        if (!IsOurs(http.Request))
        {
            await next(http);
            return;
        }

        using var flight = calls.Arrive();
        try
        {
            http.Features.Set(await AdmitInTimeAsync(http, flight));
        }
        catch (RpcException refusal)
        {
            CallAnswers.Write(http, refusal);
            return;
        }
        catch (StoreUnavailableException)
        {
            CallAnswers.Write(http, CallErrors.StoreUnavailable());
            return;
        }
        catch (OperationCanceledException)
        {
            // Nobody is there to be told, but where a proxy holds the connection, or a client does not hang up by itself.
            CallAnswers.Write(http, new RpcException(new Status(StatusCode.DeadlineExceeded, "The deadline has passed.")));
            return;
        }

        // Handlers are singletons, so a call needs no scope of its own.
        http.RequestServices = services;
        await next(http);
        answers.Complete(http);
    }

    /// <summary>
    /// All that names a service of ours, whatever it says of its content, and all other gRPC but health and reflection: these are
    /// gRPC's own, open to anybody who reaches the port. What gRPC would make of a strange content type is not relied on.
    /// </summary>
    private static bool IsOurs(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        return path.StartsWith("/authservice.", StringComparison.OrdinalIgnoreCase)
            || (request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) is true
                && !path.StartsWith("/grpc.health.v1.Health/", StringComparison.Ordinal)
                && !path.StartsWith("/grpc.reflection.", StringComparison.Ordinal));
    }

    private async ValueTask<Call> AdmitInTimeAsync(HttpContext http, CallInFlight flight)
    {
        using var deadline = new CallDeadline(http, clock);
        var admitting = AdmitAsync(http, flight, deadline.Token);
        if (!admitting.IsCompleted)
            deadline.Watch();
        return await admitting;
    }

    private async ValueTask<Call> AdmitAsync(HttpContext http, CallInFlight flight, CancellationToken cancellationToken)
    {
        var rule = RpcTable.Find(http.Request.Path.Value ?? "")
            ?? throw CallErrors.Plain(StatusCode.Unimplemented, ErrorReasons.NotFound, "There is no such RPC.");
        var call = new Call(rule, clientAddress.Of(http));

        // 1. room for one more, and limits on the network, before anything that costs
        if (!flight.TryEnter(rule.IsStream))
            throw CallErrors.Overloaded(RetryAfter(rule));
        CountFor(call, flight, CallerKind.Network, call.Network.LimitKey);
        foreach (var limit in rule.Limits)
            ThrowIfLimited(call, await limits.TakeAsync(limit, call.Network.LimitKey, cancellationToken));

        // 2. the caller
        var bearer = BearerToken(http.Request);
        call.Caller = await IdentifyAsync(call, bearer, cancellationToken);
        switch (call.Caller)
        {
            case Caller.User known:
                CountFor(call, flight, CallerKind.Account, known.Account.Value);
                break;
            case Caller.Service known:
                CountFor(call, flight, CallerKind.Service, known.CredentialId);
                break;
        }

        // 3. the proof
        await VerifyProofAsync(http, call, bearer, cancellationToken);

        // 4. what the rule asks of a user
        if (call.Caller is Caller.User user)
            Check(call, user);
        return call;
    }

    private void Check(Call call, Caller.User user)
    {
        // The proof must be of a device of this account: anybody has a device of some account.
        if (call.Proof is { Device.AccountId: var owner } && owner != user.Account.Value)
        {
            countedEvents.Note(EventType.ProofRejected, call, ErrorReasons.InvalidProof);
            throw CallErrors.InvalidProof("the device is not one of this account's", "device_id");
        }

        // A token of a key-bound session without the key, or with another one, is what a thief of tokens has.
        if (user.KeyThumbprint is not null && call.Proof?.Device.KeyThumbprint != user.KeyThumbprint)
        {
            countedEvents.Note(EventType.ProofRejected, call, ErrorReasons.ProofRequired);
            throw CallErrors.ProofRequired();
        }

        if (call.Rule.Fresh && !call.IsFresh(clock.GetUtcNow()))
        {
            countedEvents.Note(EventType.AccessDenied, call, ErrorReasons.FreshFactorRequired);
            throw CallErrors.FreshFactorRequired();
        }
    }

    private static string? BearerToken(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization;
        if (header.Count == 0)
            return null;
        return header.Count == 1 && header[0]!.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && header[0]!.Length <= 4096
            ? header[0]![scheme.Length..]
            : throw CallErrors.CredentialRequired("The authorization metadata must be one Bearer token of at most 4,089 characters.");
    }

    private async ValueTask<Caller> IdentifyAsync(Call call, string? bearer, CancellationToken cancellationToken)
    {
        var rule = call.Rule;
        var caller = bearer is null ? null : await FindCallerAsync(bearer, cancellationToken);
        switch (caller)
        {
            case Caller.User user when rule.Callers.HasFlag(CallerKinds.User):
                ThrowIfLimited(call, await limits.TakeAsync(LimitName.Account, user.Account.Value, cancellationToken));
                return user;

            case Caller.Service service when rule.Callers.HasFlag(CallerKinds.Service):
                ThrowIfLimited(call, await limits.TakeAsync(LimitName.Service, service.CredentialId, cancellationToken));
                if (service.Has(rule.Scope!))
                    return service;
                countedEvents.Note(EventType.AccessDenied, call, ErrorReasons.ScopeRequired);
                throw CallErrors.ScopeRequired(rule.Scope!);

            // Whoever is signed in may still do what anyone may.
            case not null when rule.Callers.HasFlag(CallerKinds.Anyone):
            case null when bearer is null && rule.Callers.HasFlag(CallerKinds.Anyone):
                return caller ?? Caller.Anonymous.Instance;

            default:
                // Guessing at credentials is paid for, also where those who have one are not limited by their network.
                if (bearer is not null)
                {
                    ThrowIfLimited(call, await limits.TakeAsync(LimitName.Network, call.Network.LimitKey, cancellationToken));
                    countedEvents.Note(EventType.AccessDenied, call, ErrorReasons.CredentialRequired);
                }

                throw CallErrors.CredentialRequired();
        }
    }

    private async ValueTask<Caller?> FindCallerAsync(string bearer, CancellationToken cancellationToken)
    {
        foreach (var source in _callerSources)
        {
            if (await source.IdentifyAsync(bearer, cancellationToken) is { } caller)
                return caller;
        }

        return null;
    }

    private async ValueTask VerifyProofAsync(HttpContext http, Call call, string? bearer, CancellationToken cancellationToken)
    {
        var metadata = http.Request.Headers[ProofMetadata.Name];
        if (metadata.Count == 0)
            return;

        var (outcome, hash) = await MessageHash.ComputeAsync(http.Request.BodyReader, MaxProvenMessage, cancellationToken);
        var shown = outcome switch
        {
            MessageHash.Outcome.Hashed => await proofs.VerifyAsync(
                new ProofPresentation(metadata, call.Rule, hash, ProofPayload.HashToken(bearer), call.Network, IsLoopback(http)),
                cancellationToken),
            MessageHash.Outcome.Compressed => ProofOutcome.Rejected("a call with a proof is sent uncompressed"),
            MessageHash.Outcome.TooLarge => throw CallErrors.InvalidField("", $"A message with a proof has at most {MaxProvenMessage} bytes."),
            _ => throw CallErrors.InvalidField("", "The message is truncated."),
        };

        if (shown.Fault is { } fault)
        {
            countedEvents.Note(EventType.MalformedInput, call, ErrorReasons.InvalidField);
            throw CallErrors.InvalidField(ProofMetadata.FieldPath(fault.Field), $"Must be {fault.Expected}.");
        }

        if (shown.Rejection is { } why)
        {
            countedEvents.Note(EventType.ProofRejected, call, ErrorReasons.InvalidProof);
            throw CallErrors.InvalidProof(why);
        }

        // Only now: nobody else's calls can use up a device's allowance.
        if (shown.Proof is { } proof)
        {
            ThrowIfLimited(call, await limits.TakeAsync(LimitName.Device, proof.Device.Id, cancellationToken));
            sightings.Note(proof.Device);
        }

        call.Proof = shown.Proof;
        call.NewKey = shown.NewKey;
    }

    private static bool IsLoopback(HttpContext http) =>
        http.Connection.RemoteIpAddress is not { } peer || System.Net.IPAddress.IsLoopback(peer);

    /// <summary>Nobody has more calls under way at once than his share.</summary>
    private void CountFor(Call call, CallInFlight flight, CallerKind kind, string key)
    {
        var caller = new CallerKey(kind, key, call.Rule.IsStream);
        if (flight.TryCountFor(caller))
            return;
        countedEvents.Note(EventType.LimitReached, call, caller.LimitName);
        throw CallErrors.TooManyAtOnce(caller.LimitName, RetryAfter(call.Rule));
    }

    /// <summary>A call ends soon, a stream does not.</summary>
    private static TimeSpan RetryAfter(RpcRule rule) => rule.IsStream ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(1);

    private void ThrowIfLimited(Call call, LimitRefusal? refusal)
    {
        if (refusal is not { } limit)
            return;
        countedEvents.Note(EventType.LimitReached, call, limit.Limit.ToString());
        throw CallErrors.Limited(limit);
    }
}
