using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Protocol;
using AuthService.RateLimiting;
using AuthService.Security;
using AuthService.Security.Factors;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Login.Factors;

/// <summary>Has the person show that the factor works, before anything hangs on it.</summary>
internal sealed class ConfirmFactor(
    AccountKeyStore accountKeys, SecondFactors secondFactors, ConsecutiveFailures failures, Database database, AuditTrail audit)
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

        await ConsecutiveFailures.ForgiveAsync(work, target, cancellationToken);
        if (row.ConfirmedAt is null)
            await ConfirmAsync(work, row, cancellationToken);
        audit.Record(work, entry);
        var remaining = await work.Rows.RecoveryCodes.CountAsync(code => code.FactorId == row.Id && code.UsedAt == null, cancellationToken);
        return new Outcome(Exists: true, Factor: row.ToMessage(keys, remaining));
    }

    private async Task<bool> IsRightAsync(Work work, FactorRow row, AccountKeys keys, Secret<string> code, CancellationToken cancellationToken) =>
        row.Kind == (int)FactorKind.Totp
            ? SecondFactors.PassTotp(row, keys, code, work.Now)
            : await secondFactors.FindRecoveryCodeAsync(work.Rows, keys, code, cancellationToken, ofFactor: row.Id) is not null;

    private static async Task ConfirmAsync(Work work, FactorRow row, CancellationToken cancellationToken)
    {
        row.ConfirmedAt = work.Now;
        if (row.Kind != (int)FactorKind.RecoveryCode)
            return;

        // A new set of recovery codes replaces the one before.
        var older = await work.Rows.Factors
            .Where(other => other.AccountId == row.AccountId && other.Kind == row.Kind && other.Id != row.Id)
            .ToListAsync(cancellationToken);
        foreach (var other in older)
            await work.Rows.RecoveryCodes.Where(code => code.FactorId == other.Id).ExecuteDeleteAsync(cancellationToken);
        work.Rows.RemoveRange(older);
    }

    private sealed record Outcome(bool Exists, TimeSpan? Wait = null, Factor? Factor = null);
}
