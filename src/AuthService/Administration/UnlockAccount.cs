using AuthService.Audit;
using AuthService.Hosting;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.RateLimiting;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Administration;

/// <summary>Lifts the delay or hold that strangers' failures put on an account.</summary>
internal sealed class UnlockAccount(
    ConsecutiveFailures failures,
    AccountKeyStore accountKeys,
    Database database,
    IdempotentRequests requests,
    AuditTrail audit,
    IOptions<DeploymentOptions> deployment)
{
    private const int MaxReason = 256;

    public async Task<UnlockAccountResponse> RunAsync(UnlockAccountRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.Text("reason", request.Reason, MaxReason, required: true);
        fields.ThrowIfAny();
        var account = Ids.ParseAccount("account_id", request.AccountId, deployment.Value.Region);

        // 2. once
        var keys = await accountKeys.FindAsync(account, cancellationToken);
        var identity = new RequestIdentity(call.CallerName ?? "", call.Rule.Rpc.Value, request.RequestId, request);
        return await database.WriteAsync(
            work => requests.OnceAsync(work, identity, () => UnlockAsync(work, account, keys, request.Reason, call, cancellationToken), cancellationToken),
            cancellationToken);
    }

    private async Task<UnlockAccountResponse> UnlockAsync(
        Work work, AccountId account, AccountKeys? keys, string reason, Call call, CancellationToken cancellationToken)
    {
        if (keys is null || !await work.Rows.Accounts.AnyAsync(row => row.Id == account.Value && !row.IsDecoy, cancellationToken))
            throw CallErrors.NotFound("account");

        ConsecutiveFailures.Forgive(work, failures.TargetOf("account", account.Value));
        audit.Record(work, new AuditEntry(EventType.AccountUnlocked, call)
        {
            Account = account,
            Keys = keys,
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["reason"] = reason },
        });
        return new UnlockAccountResponse();
    }
}
