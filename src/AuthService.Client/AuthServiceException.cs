using System.Collections.Immutable;
using AuthService.Protocol;
using Google.Rpc;
using Grpc.Core;

namespace AuthService.Client;

/// <summary>
/// The service refused, or could not be reached. <see cref="Reason"/> is what programs decide by; the message is for people.
/// </summary>
public sealed class AuthServiceException : RpcException
{
    private AuthServiceException(RpcException refusal, Google.Rpc.Status? details)
        : base(refusal.Status, refusal.Trailers, details?.Message ?? refusal.Status.Detail)
    {
        var why = details?.GetDetail<ErrorInfo>();
        Reason = why?.Domain == ErrorDomain.Name ? why.Reason : "";
        Facts = why?.Metadata ?? (IReadOnlyDictionary<string, string>)ImmutableDictionary<string, string>.Empty;
        FieldViolations = [.. details?.GetDetail<BadRequest>()?.FieldViolations.Select(FieldViolation.Of) ?? []];
        Limits = [.. details?.GetDetail<QuotaFailure>()?.Violations.Select(violation => violation.Subject) ?? []];
        RetryAfter = details?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan();
    }

    /// <summary>One of <see cref="ErrorReasons"/>; empty if the service did not speak at all, as when it cannot be reached.</summary>
    public string Reason { get; }

    /// <summary>What else the reason comes with, for instance <c>id</c> for INTERNAL.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; }

    /// <summary>For INVALID_FIELD: which fields, and what they should be.</summary>
    public IReadOnlyList<FieldViolation> FieldViolations { get; }

    /// <summary>For RATE_LIMITED: which limits.</summary>
    public IReadOnlyList<string> Limits { get; }

    /// <summary>When to try again, from now; null if trying again is of no use or nothing was said.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Reads the details of AIP-193 from what gRPC threw. An exception of this type comes back as it is.</summary>
    public static AuthServiceException From(RpcException refusal)
    {
        if (refusal is AuthServiceException already)
            return already;

        // Details come from the network: if they do not parse, the status still stands.
        return new AuthServiceException(refusal, refusal.Trailers.GetRpcStatus(ignoreParseError: true));
    }
}
