using System.CommandLine;
using System.Text.Json.Nodes;
using AuthService.Cli.Output;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl accounts</c>: what support needs to know, and may do.</summary>
internal static class AccountsCommand
{
    private static readonly Argument<string> Key = new("account") { Description = "Account id, e-mail address or phone number." };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why, for the audit log.", Required = true };

    public static Command Create()
    {
        var show = new Command("show", "Shows an account's state: no personal details. Audited.") { Key };
        var unlock = new Command("unlock", "Lifts the hold that wrong passwords put on an account. Audited.") { Key, Reason };
        return new Command("accounts", "Looks accounts up and unlocks them.") { show.Calling(ShowAsync), unlock.Calling(UnlockAsync) };
    }

    private static async Task<int> ShowAsync(CallInvoker calls, ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var account = await LookUpAsync(calls, parsed.GetRequiredValue(Key), cancellationToken);
        answer.WriteFacts(
            ("account_id", account.AccountId),
            ("created", account.CreateTime.ToJson()),
            ("verified", account.Verified),
            ("held", account.Held),
            ("consecutive_failures", account.ConsecutiveFailures),
            ("live_sessions", account.LiveSessions),
            ("devices", account.Devices),
            ("factors", new JsonArray([.. account.Factors.Select(factor => (JsonNode)factor)])));
        return ExitCodes.Done;
    }

    private static async Task<int> UnlockAsync(CallInvoker calls, ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        var account = await LookUpAsync(calls, parsed.GetRequiredValue(Key), cancellationToken);
        var request = new UnlockAccountRequest
        {
            RequestId = OperatorCommands.NewRequestId(), AccountId = account.AccountId, Reason = parsed.GetRequiredValue(Reason),
        };
        await new AdminService.AdminServiceClient(calls).UnlockAccountAsync(request, cancellationToken: cancellationToken);
        answer.WriteFacts(("account_id", account.AccountId), ("unlocked", true), ("failures_forgotten", account.ConsecutiveFailures));
        return ExitCodes.Done;
    }

    private static async Task<LookUpAccountResponse> LookUpAsync(CallInvoker calls, string key, CancellationToken cancellationToken)
    {
        // An address has an '@', a number begins with '+'; no id has either.
        var request = key.Contains('@', StringComparison.Ordinal) || key.StartsWith('+')
            ? new LookUpAccountRequest { Identifier = key }
            : new LookUpAccountRequest { AccountId = key };
        return await new AdminService.AdminServiceClient(calls).LookUpAccountAsync(request, cancellationToken: cancellationToken);
    }
}
