using AuthService.Environments;
using AuthService.Hosting;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Protocol;
using AuthService.V1;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace AuthService.Sessions;

/// <summary>Maps <c>SessionService</c> to its use cases.</summary>
internal sealed class SessionGrpcService(
    ValidateSession validate,
    RefreshSession refresh,
    RevokeSessions revoke,
    ListSessions list,
    WatchSessions watch,
    PublishedKeys keys,
    EnvironmentReader environments,
    IOptions<DeploymentOptions> deployment) : SessionService.SessionServiceBase
{
    public override async Task<ValidateSessionResponse> ValidateSession(ValidateSessionRequest request, ServerCallContext context)
    {
        var fields = new FieldViolations();
        var question = SessionRequests.Read(fields, "", request);
        fields.ThrowIfAny();
        return SessionRequests.ToMessage(await validate.RunAsync(question, context.CancellationToken));
    }

    public override async Task<BatchValidateSessionsResponse> BatchValidateSessions(
        BatchValidateSessionsRequest request, ServerCallContext context)
    {
        var response = new BatchValidateSessionsResponse();
        foreach (var question in SessionRequests.Read(request))
            response.Responses.Add(SessionRequests.ToMessage(await validate.RunAsync(question, context.CancellationToken)));
        return response;
    }

    public override async Task<RefreshSessionResponse> RefreshSession(RefreshSessionRequest request, ServerCallContext context)
    {
        var fields = new FieldViolations();
        var token = fields.Text("refresh_token", request.RefreshToken, maxLength: 1024, required: true);
        var environment = environments.Read(fields, "environment", request.Environment);
        fields.ThrowIfAny();

        var result = await refresh.RunAsync(new PresentedRefresh(token, environment, Call.Of(context)), context.CancellationToken);
        return result.Refusal switch
        {
            null => new RefreshSessionResponse { Session = result.Session },
            ErrorReasons.ProofRequired => throw CallErrors.ProofRequired(),
            var reason => throw CallErrors.SessionNotGood(reason),
        };
    }

    public override Task<RevokeSessionResponse> RevokeSession(RevokeSessionRequest request, ServerCallContext context)
    {
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.ThrowIfAny();
        var session = Ids.ParseSession("session_id", request.SessionId, deployment.Value.Region);
        return revoke.RevokeAsync(request, session, Call.Of(context), context.CancellationToken);
    }

    public override Task<RevokeAllSessionsResponse> RevokeAllSessions(RevokeAllSessionsRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var current = (call.Caller as Caller.User)?.Session;
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        if (request.ExceptCurrent && current is null)
            fields.Add("except_current", "Only a user has a current session.");
        fields.ThrowIfAny();

        var account = call.Account(request.AccountId, deployment.Value.Region);
        return revoke.RevokeAllAsync(request, account, request.ExceptCurrent ? current : null, call, context.CancellationToken);
    }

    public override Task<ListSessionsResponse> ListSessions(ListSessionsRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        return list.RunAsync(request, call.Account(request.AccountId, deployment.Value.Region), call, context.CancellationToken);
    }

    public override Task WatchSessions(
        WatchSessionsRequest request, IServerStreamWriter<WatchSessionsResponse> responseStream, ServerCallContext context) =>
        watch.RunAsync(request, responseStream, context.CancellationToken);

    public override Task<ListSigningKeysResponse> ListSigningKeys(ListSigningKeysRequest request, ServerCallContext context) =>
        Task.FromResult(new ListSigningKeysResponse { Keys = { keys.Messages } });
}
