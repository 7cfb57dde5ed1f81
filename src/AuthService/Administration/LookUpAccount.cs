using AuthService.Accounts;
using AuthService.Audit;
using AuthService.Hosting;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Protocol;
using AuthService.RateLimiting;
using AuthService.Security.Factors;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using static AuthService.V1.LookUpAccountRequest;

namespace AuthService.Administration;

/// <summary>
/// What support needs to know of an account: its state, and nothing personal. Who looked is in the audit log, also when there was
/// nothing to see: an operator who tries identifiers shows.
/// </summary>
internal sealed class LookUpAccount(
    ContactIndex contacts,
    ConsecutiveFailures failures,
    IOptions<FailureOptions> failureOptions,
    AccountKeyStore accountKeys,
    Database database,
    AuditTrail audit,
    IOptions<DeploymentOptions> deployment)
{
    public async Task<LookUpAccountResponse> RunAsync(LookUpAccountRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. which account
        var account = await FindAsync(request, cancellationToken);
        var keys = account is { } id ? await accountKeys.FindAsync(id, cancellationToken) : null;

        // 2. its state, and the event
        var found = await database.WriteAsync(
            async work =>
            {
                var row = keys is null
                    ? null
                    : await work.Rows.Accounts.SingleOrDefaultAsync(row => row.Id == keys.Account.Value && !row.IsDecoy, cancellationToken);
                audit.Record(work, new AuditEntry(EventType.AccountLookedUp, call)
                {
                    Account = row is null ? null : keys?.Account,
                    Keys = row is null ? null : keys,
                    Reason = row is null ? ErrorReasons.NotFound : null,
                });
                return row is null ? null : await TellAsync(work, row, cancellationToken);
            },
            cancellationToken);
        return found ?? throw CallErrors.NotFound("account");
    }

    private async Task<AccountId?> FindAsync(LookUpAccountRequest request, CancellationToken cancellationToken)
    {
        switch (request.KeyCase)
        {
            case KeyOneofCase.AccountId:
                return Ids.ParseAccount("account_id", request.AccountId, deployment.Value.Region);
            case KeyOneofCase.Identifier:
                if (!Contact.TryParse(request.Identifier, out var contact))
                    throw CallErrors.InvalidField("identifier", "Must be an e-mail address or a phone number.");
                return await database.ReadAsync(rows => contacts.FindAsync(rows, contact, cancellationToken), cancellationToken);
            default:
                throw CallErrors.InvalidField("key", "Required: an account_id or an identifier.");
        }
    }

    private async Task<LookUpAccountResponse> TellAsync(Work work, AccountRow row, CancellationToken cancellationToken)
    {
        var rows = work.Rows;
        var strangers = failures.TargetOf("account", row.Id);
        var count = await rows.Attempts.Where(attempt => attempt.Target == strangers).Select(attempt => attempt.Failures)
            .SingleOrDefaultAsync(cancellationToken);
        var factors = await SecondFactors.KindsAsync(rows, AccountId.Parse(row.Id), work.Now, cancellationToken);
        return new LookUpAccountResponse
        {
            AccountId = row.Id,
            CreateTime = row.CreatedAt.ToTimestamp(),
            Verified = row.VerifiedAt is not null,
            ConsecutiveFailures = count,
            Held = count >= failureOptions.Value.HoldAfter,
            LiveSessions = await rows.Sessions.CountAsync(
                session => session.AccountId == row.Id && session.EndedAt == null && session.ExpiresAt > work.Now, cancellationToken),
            Devices = await rows.Devices.CountAsync(device => device.AccountId == row.Id, cancellationToken),
            Factors = { factors.Select(NameOf) },
        };
    }

    /// <summary>As in the contract: <c>TOTP</c>, <c>RECOVERY_CODE</c>.</summary>
    private static string NameOf(FactorKind kind) => FactorKindNames[kind];

    private static readonly Dictionary<FactorKind, string> FactorKindNames = FactorReflection.Descriptor.EnumTypes
        .Single(type => type.ClrType == typeof(FactorKind)).Values
        .ToDictionary(value => (FactorKind)value.Number, value => value.Name["FACTOR_KIND_".Length..]);
}
