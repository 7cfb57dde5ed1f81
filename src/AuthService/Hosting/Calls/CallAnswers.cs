using AuthService.Audit;
using AuthService.Hosting.Errors;
using AuthService.Protocol;
using AuthService.Storage;
using AuthService.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace AuthService.Hosting.Calls;

/// <summary>Sees to it that every refusal, whoever made it, has the form of AIP-193.</summary>
/// <remarks>
/// gRPC's own refusals (a message that does not parse, or is too large) happen where no interceptor can see them. They end as
/// headers that have not been sent yet when the call comes back here, so they can be replaced.
/// </remarks>
internal sealed class CallAnswers(CountedEvents countedEvents, ILogger<CallAnswers> log)
{
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";
    private const string DetailsHeader = "grpc-status-details-bin";

    /// <summary>Answers a call with a refusal and nothing else ("Trailers-Only").</summary>
    public static void Write(HttpContext http, RpcException refusal)
    {
        var headers = http.Response.Headers;
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "application/grpc";
        headers[StatusHeader] = ((int)refusal.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers[MessageHeader] = Uri.EscapeDataString(refusal.Status.Detail);
        if (refusal.Trailers.GetValueBytes(DetailsHeader) is { } details)
            headers[DetailsHeader] = Convert.ToBase64String(details);
    }

    /// <summary>Called when gRPC is done with the call.</summary>
    public void Complete(HttpContext http)
    {
        var headers = http.Response.Headers;
        if (http.Response.HasStarted || !headers.TryGetValue(StatusHeader, out var status))
            return;

        var code = Enum.TryParse<StatusCode>(status, out var parsed) ? parsed : StatusCode.Unknown;
        if (headers.TryGetValue(DetailsHeader, out var details))
        {
            if (code is StatusCode.ResourceExhausted or StatusCode.PermissionDenied)
                NoteRefusal(http, code, details.ToString());
            return;
        }

        var cause = http.Features.Get<IServerCallContextFeature>()?.ServerCallContext.Status.DebugException;
        if (code is StatusCode.OK or StatusCode.Cancelled or StatusCode.DeadlineExceeded)
            return;

        // The caller has gone, and what was done for him stopped: nobody's fault.
        if (cause is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
            return;

        Write(http, Refusal(http, code, cause));
    }

    private RpcException Refusal(HttpContext http, StatusCode code, Exception? cause)
    {
        switch (code, cause)
        {
            case (_, InvalidProtocolBufferException):
                return Malformed(http, "The message does not parse.");

            // What gRPC says of a frame that is too long, too short or compressed in a way it does not know.
            case (StatusCode.ResourceExhausted, _):
                return Malformed(http, "The message is too large.");
            case (StatusCode.Internal, null):
                return Malformed(http, "The message is truncated.");
            case (StatusCode.Unimplemented, _):
                return CallErrors.Plain(StatusCode.Unimplemented, ErrorReasons.InvalidField, "This is not supported.");

            case (_, RequestIdReusedException):
                return CallErrors.InvalidField("request_id", "Was used for another request within 24 hours.");
            case (_, StoreUnavailableException):
                log.StoreUnavailable(http.Request.Path, cause);
                return CallErrors.StoreUnavailable();
            default:
                log.Fault(http.Request.Path, http.TraceIdentifier, cause);
                return CallErrors.Internal(http.TraceIdentifier);
        }
    }

    /// <summary>What a network can bring about as often as it likes: refusals by a limit, and for what the network itself did.</summary>
    private void NoteRefusal(HttpContext http, StatusCode code, string details)
    {
        var refusal = RpcStatus.Parser.ParseFrom(Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '=')));
        var limit = refusal.GetDetail<QuotaFailure>()?.Violations[0].Subject ?? refusal.GetDetail<ErrorInfo>()?.Reason;
        if (http.Features.Get<Call>() is not { } call || limit is null)
            return;
        if (code == StatusCode.ResourceExhausted)
            countedEvents.Note(EventType.LimitReached, call, limit);
        else if (limit == ErrorReasons.EnvironmentDenied)
            countedEvents.Note(EventType.NetworkRefused, call, limit);
    }

    private RpcException Malformed(HttpContext http, string description)
    {
        if (http.Features.Get<Call>() is { } call)
            countedEvents.Note(EventType.MalformedInput, call, ErrorReasons.InvalidField);
        return CallErrors.InvalidField("", description);
    }
}
