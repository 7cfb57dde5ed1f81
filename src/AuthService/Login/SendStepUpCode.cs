using AuthService.Accounts;
using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.RateLimiting;
using AuthService.Security.Keys;
using AuthService.Security.Proofs;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Login;

/// <summary>Sends a code for a step-up, to a contact that the account has verified. A new code ends the one before.</summary>
internal sealed class SendStepUpCode(
    AccountDirectory directory,
    OneTimeCodes codes,
    Requesters requesters,
    RateLimits limits,
    Outbox outbox,
    Database database,
    IdempotentRequests requests,
    AuditTrail audit,
    IOptions<LoginOptions> options)
{
    public async Task<SendStepUpCodeResponse> RunAsync(SendStepUpCodeRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.Text("step_up_id", request.StepUpId, 128, required: true);
        if (request.Factor is not (FactorKind.Unspecified or FactorKind.EmailCode or FactorKind.SmsCode))
            fields.Add("factor", "Must be EMAIL_CODE, SMS_CODE or unspecified.");
        fields.ThrowIfAny();

        // 2. whose step-up it is
        var stepUp = await database.ReadAsync(
            rows => rows.StepUps.SingleOrDefaultAsync(row => row.Id == request.StepUpId, cancellationToken), cancellationToken);
        if (stepUp is null || stepUp.ExpiresAt <= database.Now() || stepUp.CompletedAt is not null)
            throw CallErrors.StepUpExpired();
        if (!requesters.IsSame(call, stepUp.RequesterToken))
            throw CallErrors.StepUpExpired();
        var account = await directory.FindAsync(Storage.Ids.AccountId.Parse(stepUp.AccountId), cancellationToken)
            ?? throw CallErrors.StepUpExpired();
        var (factor, to) = ContactFor(request.Factor, stepUp, account);

        // 3. limits
        if (await limits.TakeAsync(LimitName.Messages, $"step-up/{account.Id}", cancellationToken) is { } refusal)
            throw CallErrors.Limited(refusal);

        // 4. a code, kept as a hash, sent to the contact
        var code = OneTimeCodes.Create(6);
        var response = await database.WriteAsync(
            work => requests.OnceAsync(
                work,
                new RequestIdentity(stepUp.Id, call.Rule.Rpc.Value, request.RequestId, request),
                () => SendAsync(work, stepUp.Id, account, factor, to, code, call, cancellationToken),
                cancellationToken),
            cancellationToken);
        return response.ExpiresAt is null ? throw CallErrors.StepUpExpired() : response;
    }

    private async Task<SendStepUpCodeResponse> SendAsync(
        Work work, string id, FoundAccount account, FactorKind factor, string to, Security.Secret<string> code, Call call, CancellationToken cancellationToken)
    {
        var row = await work.Rows.StepUps.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (row is null || row.CompletedAt is not null || row.ExpiresAt <= work.Now || row.CodesSent >= options.Value.CodesPerStepUp)
            return new SendStepUpCodeResponse();

        var expiresAt = work.Now + options.Value.CodeLifetime;
        row.CodesSent++;
        row.CodeHash = codes.Hash(id, code);
        row.CodeFactor = (int)factor;
        row.CodeExpiresAt = expiresAt;
        var channel = factor == FactorKind.EmailCode ? ContactKind.Email : ContactKind.Phone;
        outbox.Enqueue(work, new Message(channel, to, MessageTemplate.StepUp, account.Row.Locale, code.Value));
        audit.Record(work, new AuditEntry(EventType.CodeSent, call) { Account = account.Id, Keys = account.Keys });
        return new SendStepUpCodeResponse { ExpiresAt = expiresAt.ToTimestamp() };
    }

    private static (FactorKind Factor, string To) ContactFor(FactorKind asked, StepUpRow stepUp, FoundAccount account)
    {
        foreach (var (factor, field, box) in new[]
        {
            (FactorKind.EmailCode, OwnerNotices.EmailField, account.Row.EmailSealed),
            (FactorKind.SmsCode, OwnerNotices.PhoneNumberField, account.Row.PhoneNumberSealed),
        })
        {
            if (asked is not FactorKind.Unspecified && asked != factor)
                continue;
            if (new FactorSet(stepUp.AllowedFactors).Has(factor) && box is not null && Sealing.TryOpenText(account.Keys, field, box, out var to))
                return (factor, to);
        }

        throw CallErrors.InvalidField("factor", "Must be one of the step-up's allowed factors that a code can be sent for.");
    }
}
