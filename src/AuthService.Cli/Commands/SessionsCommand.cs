using System.CommandLine;
using System.Text.Json.Nodes;
using AuthService.Cli.Output;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl sessions</c>.</summary>
internal static class SessionsCommand
{
    private static readonly Argument<string> Account = new("account-id") { Description = "As accounts show tells it." };
    private static readonly Argument<string> Session = new("session-id") { Description = "As sessions list tells it." };

    public static Command Create()
    {
        var list = new Command("list", "Lists an account's live sessions, the newest first.") { Account };
        var revoke = new Command("revoke", "Ends a session at once.") { Session };
        var revokeAll = new Command("revoke-all", "Ends all sessions of an account at once.") { Account };
        return new Command("sessions", "Lists sessions and ends them.")
        {
            list.Calling(ListAsync), revoke.Calling(RevokeAsync), revokeAll.Calling(RevokeAllAsync),
        };
    }

    private static async Task<int> ListAsync(CallInvoker calls, ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var client = new SessionService.SessionServiceClient(calls);
        var request = new ListSessionsRequest { AccountId = parsed.GetRequiredValue(Account), PageSize = 100 };
        var rows = new List<JsonNode?[]>();
        do
        {
            var page = await client.ListSessionsAsync(request, cancellationToken: cancellationToken);
            rows.AddRange(page.Sessions.Select(Row));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        answer.WriteRows(["session_id", "device_id", "created", "refreshed", "expires", "amr", "aal"], rows);
        return ExitCodes.Done;
    }

    private static async Task<int> RevokeAsync(CallInvoker calls, ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var request = new RevokeSessionRequest { RequestId = OperatorCommands.NewRequestId(), SessionId = parsed.GetRequiredValue(Session) };
        await new SessionService.SessionServiceClient(calls).RevokeSessionAsync(request, cancellationToken: cancellationToken);
        answer.WriteFacts(("session_id", request.SessionId), ("revoked", true));
        return ExitCodes.Done;
    }

    private static async Task<int> RevokeAllAsync(CallInvoker calls, ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var request = new RevokeAllSessionsRequest { RequestId = OperatorCommands.NewRequestId(), AccountId = parsed.GetRequiredValue(Account) };
        var done = await new SessionService.SessionServiceClient(calls).RevokeAllSessionsAsync(request, cancellationToken: cancellationToken);
        answer.WriteFacts(("account_id", request.AccountId), ("sessions_ended", done.SessionsEnded));
        return ExitCodes.Done;
    }

    private static JsonNode?[] Row(SessionSummary session) =>
    [
        session.SessionId,
        session.DeviceId.Length > 0 ? session.DeviceId : null,
        session.CreateTime.ToJson(),
        session.LastRefreshTime.ToJson(),
        session.ExpireTime.ToJson(),
        new JsonArray([.. session.Amr.Select(method => (JsonNode)method)]),
        session.Aal,
    ];
}
