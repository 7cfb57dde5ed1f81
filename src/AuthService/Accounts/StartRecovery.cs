using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.RateLimiting;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Accounts;

/// <summary>Sends a code to somebody who forgot the password. For an unknown contact it does the same with a decoy, and sends nothing.</summary>
internal sealed class StartRecovery(
    MessageChannels channels,
    ContactIndex contactIndex,
    AccountDirectory directory,
    Verifications verifications,
    RateLimits limits,
    Outbox outbox,
    Database database,
    IdempotentRequests requests,
    AuditTrail audit)
{
    public async Task<StartRecoveryResponse> RunAsync(StartRecoveryRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        var contact = fields.Identifier("identifier", request.Identifier, channels);
        fields.ThrowIfAny();

        // 2. a repeat is answered as the first was
        var contactKey = contactIndex.LimitKey(contact);
        var identity = new RequestIdentity($"{call.Network.Prefix}/{contactKey}", call.Rule.Rpc.Value, request.RequestId, request);
        if (await database.ReadAsync(rows => requests.FindAsync<StartRecoveryResponse>(rows, identity, cancellationToken), cancellationToken) is { } known)
            return known;

        // 3. limits
        if (await limits.TakeMessageAsync(contactKey, call.Network.Prefix, cancellationToken) is { } refusal)
            throw CallErrors.Limited(refusal);

        // 4. a code, kept as a hash, sent to the contact
        var account = await directory.FindOrDecoyAsync(contact, cancellationToken);
        return await database.WriteAsync(
            work => requests.OnceAsync(work, identity, () => SendAsync(work, account, contact, call), cancellationToken),
            cancellationToken);
    }

    private Task<StartRecoveryResponse> SendAsync(Work work, FoundAccount account, Contact contact, Call call)
    {
        var code = OneTimeCodes.Create(CodeText.RecoveryDigits);
        var isNobody = account.Row.IsDecoy;
        var what = new NewVerification(VerificationPurpose.Recovery, account.Keys, contact, isNobody ? null : code);
        var response = new StartRecoveryResponse { RecoveryId = verifications.Add(work, what, call) };
        if (isNobody)
        {
            outbox.EnqueueToNobody(work);
            audit.Record(work, new AuditEntry(EventType.RecoveryStarted, call));
        }
        else
        {
            outbox.Enqueue(work, new Message(contact.Kind, contact.Value, MessageTemplate.Recovery, account.Row.Locale, code.Value));
            audit.Record(work, new AuditEntry(EventType.RecoveryStarted, call) { Account = account.Id, Keys = account.Keys });
        }

        return Task.FromResult(response);
    }
}
