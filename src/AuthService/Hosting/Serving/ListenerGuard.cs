using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Protocol;
using Grpc.AspNetCore.Server;
using Grpc.Core;

namespace AuthService.Hosting.Serving;

/// <summary>
/// Keeps gRPC on its port and the web on its own, so that a firewall rule for one says nothing about the other; and hardens what
/// the web port answers.
/// </summary>
internal sealed class ListenerGuard(RequestDelegate next)
{
    private const string GrpcContent = "application/grpc";

    public Task InvokeAsync(HttpContext http)
    {
        var speaksGrpc = http.Request.ContentType?.StartsWith(GrpcContent, StringComparison.Ordinal) is true;
        if (http.Features.Get<Listener>() == Listener.Web)
        {
            Harden(http);
            if (speaksGrpc || http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is not null)
                return Refuse(http, StatusCodes.Status404NotFound);
        }
        else if (!speaksGrpc)
        {
            // gRPC over HTTP/2: a server answers another content type with 415, so that nobody takes it for an RPC's answer.
            return Refuse(http, StatusCodes.Status415UnsupportedMediaType);
        }
        else if (http.Request.Headers.GrpcEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            // The limit is on the bytes that travel. A few of them can unpack to gigabytes, so none are unpacked.
            http.Response.Headers["grpc-accept-encoding"] = "identity";
            CallAnswers.Write(http, CallErrors.Plain(StatusCode.Unimplemented, ErrorReasons.InvalidField, "Send it uncompressed."));
            return Task.CompletedTask;
        }

        return next(http);
    }

    private static Task Refuse(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Nothing on the web port is a page yet: no browser may run, frame, sniff or keep it. What may be kept says so itself.</summary>
    private static void Harden(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
    }
}
