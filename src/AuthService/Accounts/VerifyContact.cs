using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Protocol;
using AuthService.Security;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>Takes the code that proves a contact: what waited for it, a sign-up or a change of contact, happens.</summary>
internal sealed class VerifyContact(
    AccountKeyStore accountKeys, Verifications verifications, SignUpFinish signUp, ContactChange contactChange, Database database, AuditTrail audit)
{
    public async Task<VerifyContactResponse> RunAsync(VerifyContactRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.Text("verification_id", request.VerificationId, 64, required: true);
        var code = CodeText.Parse(fields, "code", request.Code);
        fields.ThrowIfAny();

        // 2. whose it is; its row is read again in the transaction
        var accountId = await database.ReadAsync(
            rows => rows.Verifications.Where(row => row.Id == request.VerificationId && row.Purpose != VerificationPurpose.Recovery)
                .Select(row => row.AccountId).SingleOrDefaultAsync(cancellationToken),
            cancellationToken);
        var keys = accountId is null ? null : await accountKeys.FindAsync(AccountId.Parse(accountId), cancellationToken);
        if (keys is null)
            throw CallErrors.StepUpExpired();

        // 3. one transaction: the try is counted, and stays counted if it fails
        var (response, outcome) = await database.WriteAsync(
            work => TryAsync(work, request, code, keys, call, cancellationToken), cancellationToken);
        return response ?? throw (outcome == CodeOutcome.Wrong ? CallErrors.InvalidCode() : CallErrors.StepUpExpired());
    }

    private async Task<(VerifyContactResponse? Response, CodeOutcome Outcome)> TryAsync(
        Work work, VerifyContactRequest request, Secret<string> code, AccountKeys keys, Call call, CancellationToken cancellationToken)
    {
        // 4. the code
        var (outcome, row) = await verifications.TryAsync(work, request.VerificationId, code, request.RequestId, call, cancellationToken);
        if (outcome is CodeOutcome.Wrong or CodeOutcome.Elsewhere)
            Reject(outcome == CodeOutcome.Wrong ? ErrorReasons.InvalidCode : ErrorReasons.StepUpExpired);
        if (outcome is not (CodeOutcome.Right or CodeOutcome.Repeated) || row is null)
            return (null, outcome);

        // 5. what waited for it
        var proven = new ProvenContact(row, keys, Verifications.ContactOf(row, keys), request, outcome == CodeOutcome.Repeated);
        var response = row.Purpose == VerificationPurpose.SignUp
            ? await signUp.RunAsync(work, proven, call, cancellationToken)
            : await contactChange.FinishAsync(work, proven, call, cancellationToken);
        if (response is null)
        {
            Reject(ErrorReasons.StepUpExpired);
            return (null, CodeOutcome.Over);
        }

        if (row.UsedAt is null)
            verifications.MarkUsed(work, row, request.RequestId);
        return (response, outcome);

        void Reject(string reason) =>
            audit.Record(work, new AuditEntry(EventType.CodeRejected, call) { Account = keys.Account, Keys = keys, Reason = reason });
    }
}

/// <summary>A contact whose code came back right.</summary>
/// <param name="Row">What the code was sent for.</param>
/// <param name="Keys">Of the account that is to have the contact.</param>
/// <param name="Contact">The contact.</param>
/// <param name="Request">The call that brought the code.</param>
/// <param name="Repeated">Whether the same request did so before.</param>
internal sealed record ProvenContact(VerificationRow Row, AccountKeys Keys, Contact Contact, VerifyContactRequest Request, bool Repeated);
