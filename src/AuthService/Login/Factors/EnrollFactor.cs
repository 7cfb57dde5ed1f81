using AuthService.Accounts;
using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.Security;
using AuthService.Security.Factors;
using AuthService.Security.Keys;
using AuthService.Security.Trust;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Login.Factors;

/// <summary>Begins to enrol TOTP or a set of recovery codes. It counts once it is confirmed.</summary>
internal sealed class EnrollFactor(
    AccountDirectory directory, RecoveryCodes recoveryCodes, OwnerNotices notices, Database database, AuditTrail audit, TimeProvider clock)
{
    private const int MaxTotp = 5;

    public async Task<EnrollFactorResponse> RunAsync(EnrollFactorRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.Text("name", request.Name, 64);
        if (request.Kind is not (FactorKind.Totp or FactorKind.RecoveryCode))
            fields.Add("kind", "Must be TOTP or RECOVERY_CODE.");
        fields.ThrowIfAny();
        var account = await directory.FindAsync(call.User.Account, cancellationToken) ?? throw CallErrors.NotFound("account");

        // 2. its secret: shown once
        var secret = request.Kind == FactorKind.Totp ? TotpCodes.CreateSecret() : null;
        Secret<string>[] codes = secret is null ? [.. Enumerable.Range(0, RecoveryCodes.Count).Select(_ => RecoveryCodes.Create())] : [];
        var factor = new FactorRow
        {
            Id = $"fac_{Guid.CreateVersion7(clock.GetUtcNow()):N}",
            AccountId = account.Id.Value,
            Kind = (int)request.Kind,
            NameSealed = Sealing.Seal(account.Keys, FactorMapping.NameField, request.Name),
            SecretSealed = secret is null ? null : Sealing.Seal(account.Keys, SecondFactors.SecretField, secret),
            CreatedAt = database.Now(),
        };

        // 3. one that was begun and not confirmed gives way: a repeat runs anew, and ends what the first made
        await database.WriteAsync(work => AddAsync(work, factor, account, codes, call, cancellationToken), cancellationToken);
        return new EnrollFactorResponse
        {
            Factor = factor.ToMessage(account.Keys, codes.Length),
            TotpUri = secret is null ? "" : TotpCodes.Uri(secret, account.Identifier),
            RecoveryCodes = { codes.Select(code => code.Value) },
        };
    }

    private async Task AddAsync(
        Work work, FactorRow factor, FoundAccount account, Secret<string>[] codes, Call call, CancellationToken cancellationToken)
    {
        var unconfirmed = await work.Rows.Factors
            .Where(row => row.AccountId == factor.AccountId && row.Kind == factor.Kind && row.ConfirmedAt == null)
            .ToListAsync(cancellationToken);
        foreach (var row in unconfirmed)
            await work.Rows.RecoveryCodes.Where(code => code.FactorId == row.Id).ExecuteDeleteAsync(cancellationToken);
        work.Rows.RemoveRange(unconfirmed);

        var confirmed = await work.Rows.Factors.CountAsync(
            row => row.AccountId == factor.AccountId && row.Kind == factor.Kind && row.ConfirmedAt != null, cancellationToken);
        if (factor.Kind == (int)FactorKind.Totp && confirmed >= MaxTotp)
            throw CallErrors.InvalidField("kind", $"There are {MaxTotp} of this kind already: remove one first.");

        factor.IsCountersigned = await SoftDoors.IsCountersignedAsync(work, call, cancellationToken);
        work.Rows.Factors.Add(factor);
        work.Rows.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCodeRow
        {
            Hash = recoveryCodes.Hashes(account.Keys, code)[0],
            FactorId = factor.Id,
            AccountId = factor.AccountId,
        }));
        notices.Notify(work, account.Row, account.Keys, MessageTemplate.FactorEnrolled);
        audit.Record(work, new AuditEntry(EventType.FactorEnrolled, call)
        {
            Account = account.Id,
            Keys = account.Keys,
            Session = call.User.Session,
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = ((FactorKind)factor.Kind).ToString() },
        });
    }
}
