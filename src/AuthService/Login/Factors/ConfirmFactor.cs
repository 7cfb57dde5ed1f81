using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.RateLimiting;
using AuthService.Security;
using AuthService.Security.Factors;
using AuthService.Security.Keys;
using AuthService.Security.Trust;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Login.Factors;

/// <summary>Has the person show that the factor works, before anything hangs on it. One that nothing vouches for waits, all the same.</summary>
internal sealed class ConfirmFactor(
    AccountKeyStore accountKeys,
    SecondFactors secondFactors,
    ConsecutiveFailures failures,
    SoftDoors doors,
    OwnerNotices notices,
    Database database,
    AuditTrail audit)
{
    public async Task<ConfirmFactorResponse> RunAsync(ConfirmFactorRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.Text("factor_id", request.FactorId, 64, required: true);
        fields.Text("code", request.Code, 32, required: true);
        fields.ThrowIfAny();
        var keys = await accountKeys.FindAsync(call.User.Account, cancellationToken) ?? throw CallErrors.NotFound("account");

        // 2. the code, counted
        var outcome = await database.WriteAsync(work => TryAsync(work, request, keys, call, cancellationToken), cancellationToken);
        return outcome switch
        {
            { Wait: { } wait } => throw CallErrors.TooManyFailures(wait),
            { Factor: { } factor } => new ConfirmFactorResponse { Factor = factor },
            { Exists: true } => throw CallErrors.InvalidCode(),
            _ => throw CallErrors.NotFound("factor"),
        };
    }

    private async Task<Outcome> TryAsync(Work work, ConfirmFactorRequest request, AccountKeys keys, Call call, CancellationToken cancellationToken)
    {
        var account = keys.Account.Value;
        var row = await work.Rows.Factors.SingleOrDefaultAsync(
            row => row.Id == request.FactorId && row.AccountId == account, cancellationToken);
        if (row is null)
            return new Outcome(Exists: false);

        var target = failures.TargetOf("factor", row.Id);
        if (await failures.TakeAsync(work, target, cancellationToken) is { Wait: { } wait })
            return new Outcome(Exists: true, Wait: wait);

        var entry = new AuditEntry(EventType.FactorConfirmed, call) { Account = keys.Account, Keys = keys, Session = call.User.Session };
        if (!await IsRightAsync(work, row, keys, new Secret<string>(request.Code), cancellationToken))
        {
            audit.Record(work, entry with { Type = EventType.CodeRejected, Reason = ErrorReasons.InvalidCode });
            return new Outcome(Exists: true);
        }

        ConsecutiveFailures.Forgive(work, target);
        if (row.ConfirmedAt is null || row.TrustedFrom == SoftDoors.Frozen)
            await ConfirmAsync(work, row, keys, call, cancellationToken);
        audit.Record(work, entry with
        {
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["trusted_from"] = $"{row.TrustedFrom:O}" },
        });
        var remaining = await work.Rows.RecoveryCodes.CountAsync(code => code.FactorId == row.Id && code.UsedAt == null, cancellationToken);
        return new Outcome(Exists: true, Factor: row.ToMessage(keys, remaining));
    }

    private async Task<bool> IsRightAsync(Work work, FactorRow row, AccountKeys keys, Secret<string> code, CancellationToken cancellationToken) =>
        row.Kind == (int)FactorKind.Totp
            ? SecondFactors.PassTotp(row, keys, code, work.Now)
            : await secondFactors.FindRecoveryCodeAsync(
                work.Rows, keys, code, work.Rows.Factors.Where(factor => factor.Id == row.Id), cancellationToken) is not null;

    private async Task ConfirmAsync(Work work, FactorRow row, AccountKeys keys, Call call, CancellationToken cancellationToken)
    {
        var account = await work.Rows.Accounts.SingleAsync(account => account.Id == row.AccountId, cancellationToken);
        var isCountersigned = row.IsCountersigned || await SoftDoors.IsCountersignedAsync(work, call, cancellationToken);
        row.ConfirmedAt = work.Now;
        row.TrustedFrom = await doors.OfNewAsync(work, account, isCountersigned, except: row.Id, cancellationToken);
        if (row.TrustedFrom > work.Now)
        {
            notices.Notify(work, account, keys, MessageTemplate.FactorWaiting);
            return;
        }

        // Who has just shown that he holds it may go on to the next: recovery codes usually follow.
        if (await work.Rows.Sessions.FindAsync([call.User.Session.Value], cancellationToken) is { } session)
            session.VouchedAt = work.Now;
        if (row.Kind == (int)FactorKind.RecoveryCode)
            await ReplaceOlderAsync(work, row, cancellationToken);
    }

    /// <summary>A set of recovery codes that counts replaces the one before. One that waits does so when it counts: <see cref="SecondFactors"/>.</summary>
    private static async Task ReplaceOlderAsync(Work work, FactorRow row, CancellationToken cancellationToken)
    {
        var older = await work.Rows.Factors
            .Where(other => other.AccountId == row.AccountId && other.Kind == row.Kind && other.Id != row.Id)
            .ToListAsync(cancellationToken);
        foreach (var other in older)
            await work.Rows.RecoveryCodes.Where(code => code.FactorId == other.Id).ExecuteDeleteAsync(cancellationToken);
        work.Rows.RemoveRange(older);
    }

    private sealed record Outcome(bool Exists, TimeSpan? Wait = null, Factor? Factor = null);
}
