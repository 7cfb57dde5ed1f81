using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.RateLimiting;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace AuthService.Hosting.Errors;

/// <summary>Every refusal of this service, in the form of AIP-193: a status, an <see cref="ErrorInfo"/>, and what helps beyond it.</summary>
public static class CallErrors
{
    public static RpcException InvalidFields(IEnumerable<BadRequest.Types.FieldViolation> violations)
    {
        var details = new BadRequest { FieldViolations = { violations } };
        var names = string.Join(", ", details.FieldViolations.Select(violation => violation.Field).Distinct());
        return Make(Code.InvalidArgument, ErrorReasons.InvalidField, $"Invalid: {names}.", details);
    }

    public static RpcException InvalidField(string field, string description) =>
        InvalidFields([new BadRequest.Types.FieldViolation { Field = field, Description = description }]);

    public static RpcException InvalidCredentials() =>
        Make(Code.Unauthenticated, ErrorReasons.InvalidCredentials, "The identifier or the secret is wrong.");

    /// <param name="why">What is wrong with it.</param>
    /// <param name="field">The field of <c>DeviceProof</c> that is not good, or empty.</param>
    public static RpcException InvalidProof(string why, string field = "") => Make(
        Code.Unauthenticated,
        ErrorReasons.InvalidProof,
        $"The proof of possession is not good: {why}.",
        new BadRequest
        {
            FieldViolations =
            {
                new BadRequest.Types.FieldViolation
                {
                    Field = ProofMetadata.FieldPath(field),
                    Description = why,
                },
            },
        });

    public static RpcException ProofRequired() =>
        Make(Code.Unauthenticated, ErrorReasons.ProofRequired, "This needs a proof by the device key, in metadata authservice-proof-bin.");

    public static RpcException FreshFactorRequired() =>
        Make(Code.Unauthenticated, ErrorReasons.FreshFactorRequired, "This needs a factor passed within 5 minutes: call StartStepUp.");

    public static RpcException CredentialRequired(string why = "Send authorization: Bearer with a token that is good.") =>
        Make(Code.Unauthenticated, ErrorReasons.CredentialRequired, why);

    public static RpcException ScopeRequired(string scope) =>
        Make(Code.PermissionDenied, ErrorReasons.ScopeRequired, $"This needs the scope {scope}.", metadata: ("scope", scope));

    /// <summary>Whatever the account: for what the network did.</summary>
    public static RpcException EnvironmentDenied() =>
        Make(Code.PermissionDenied, ErrorReasons.EnvironmentDenied, "Too many failures come from this network: try again later, or from another.");

    public static RpcException NotFound(string what) =>
        Make(Code.NotFound, ErrorReasons.NotFound, $"The caller has no such {what}.");

    public static RpcException InvalidCode() =>
        Make(Code.Unauthenticated, ErrorReasons.InvalidCode, "The code is wrong.");

    public static RpcException StepUpExpired() =>
        Make(Code.FailedPrecondition, ErrorReasons.StepUpExpired, "This has expired or was used: start again.");

    public static RpcException SessionNotGood(string reason) =>
        Make(Code.Unauthenticated, reason, "The session is not good any more: sign in again.");

    public static RpcException PolicyNotAccepted(string current) =>
        Make(Code.FailedPrecondition, ErrorReasons.PolicyNotAccepted, $"Accept policy version {current}.", metadata: ("policy_version", current));

    public static RpcException AgeGate() =>
        Make(Code.FailedPrecondition, ErrorReasons.AgeGate, "Too young for an account in this region.");

    public static RpcException WrongRegion(string region) =>
        Make(Code.FailedPrecondition, ErrorReasons.WrongRegion, $"This lives in region {region}.", metadata: ("region", region));

    public static RpcException VersionConflict(string current) =>
        Make(Code.Aborted, ErrorReasons.VersionConflict, $"Version {current} is in force: read it, and try again.", metadata: ("version", current));

    public static RpcException KeyringReadOnly() =>
        Make(Code.FailedPrecondition, ErrorReasons.KeyringReadOnly, "This service may not write its keyring: use authctl keys rotate --offline.");

    public static RpcException Limited(LimitRefusal refusal) =>
        Limited("Too many calls.", refusal.Limit.ToString(), "Calls of this kind are limited.", refusal.RetryAfter);

    /// <param name="limit">The option of <see cref="ConcurrencyOptions"/> that is reached.</param>
    /// <param name="retryAfter">When one of the calls under way may have ended.</param>
    public static RpcException TooManyAtOnce(string limit, TimeSpan retryAfter) =>
        Limited("Too many calls at once.", limit, "Calls under way at once are limited.", retryAfter);

    /// <summary>Too many failures in a row: what is limited is the account, for callers it does not know.</summary>
    public static RpcException TooManyFailures(TimeSpan retryAfter) => Limited(new LimitRefusal(LimitName.Identifier, retryAfter));

    public static RpcException Overloaded(TimeSpan retryAfter) =>
        Make(Code.ResourceExhausted, ErrorReasons.Overloaded, "At capacity.", RetryAfter(retryAfter));

    public static RpcException StoreUnavailable() =>
        Make(Code.Unavailable, ErrorReasons.StoreUnavailable, "A store cannot be reached.");

    /// <param name="id">By which the logs tell what happened. All that a caller learns.</param>
    public static RpcException Internal(string id) =>
        Make(Code.Internal, ErrorReasons.Internal, $"Our own fault; id {id}.", metadata: ("id", id));

    /// <summary>Where there is nothing to add to a status that gRPC itself gave.</summary>
    public static RpcException Plain(StatusCode code, string reason, string message) => Make((Code)(int)code, reason, message);

    private static RetryInfo RetryAfter(TimeSpan delay) => new()
    {
        // Rounded up to whole milliseconds: who waits exactly this long must not come too early.
        RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds))),
    };

    private static RpcException Limited(string message, string subject, string description, TimeSpan retryAfter) => Make(
        Code.ResourceExhausted,
        ErrorReasons.RateLimited,
        message,
        new QuotaFailure { Violations = { new QuotaFailure.Types.Violation { Subject = subject, Description = description } } },
        RetryAfter(retryAfter));

    [SuppressMessage("Design", "CA1859", Justification = "Any message may be a detail.")]
    private static RpcException Make(Code code, string reason, string message, params ReadOnlySpan<Google.Protobuf.IMessage> details) =>
        Make(code, reason, message, default, details);

    private static RpcException Make(
        Code code, string reason, string message, (string Key, string Value) metadata, params ReadOnlySpan<Google.Protobuf.IMessage> details)
    {
        var why = new ErrorInfo { Reason = reason, Domain = ErrorDomain.Name };
        if (metadata.Key is not null)
            why.Metadata.Add(metadata.Key, metadata.Value);

        var status = new RpcStatus { Code = (int)code, Message = message, Details = { Any.Pack(why) } };
        foreach (var detail in details)
            status.Details.Add(Any.Pack(detail));
        return status.ToRpcException();
    }
}
