using AuthService.Audit;
using AuthService.Devices;
using AuthService.Hosting.Calls;
using AuthService.Risk;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>Finishes a sign-up: the pending account gets its contact, learns its first surroundings, and is signed in.</summary>
internal sealed class SignUpFinish(
    ContactIndex contacts, Profiles profiles, SessionIssuer sessions, DeviceTokens deviceTokens, AuditTrail audit)
{
    /// <returns>Null if somebody else verified the contact meanwhile, or the sign-up was given up: then nothing is changed.</returns>
    public async Task<VerifyContactResponse?> RunAsync(Work work, ProvenContact proven, Call call, CancellationToken cancellationToken)
    {
        // 1. the pending account, and a contact that is still free: the first to verify it has it
        var account = await work.Rows.Accounts.SingleOrDefaultAsync(row => row.Id == proven.Row.AccountId, cancellationToken);
        var holder = await contacts.FindAsync(work.Rows, proven.Contact, cancellationToken);
        if (account is null || (holder is { } other && other != proven.Keys.Account))
            return null;

        // 2. it becomes an account
        if (account.VerifiedAt is null)
            await OpenAsync(work, account, proven, call, cancellationToken);

        // 3. a session; of an earlier run of this request nothing is left
        var grant = new SessionGrant(proven.Keys.Account, Device: null, FactorsOf(proven.Contact), RiskLevel.Low, proven.Row.Id);
        var session = await sessions.OpenAsync(work, grant, cancellationToken);
        proven.Row.SessionId = session.SessionId;
        var entry = new AuditEntry(EventType.ContactVerified, call)
        {
            Account = proven.Keys.Account,
            Keys = proven.Keys,
            Session = SessionId.Parse(session.SessionId),
        };
        audit.Record(work, entry);

        // 4. a token for the device, if it is to be remembered
        if (proven.Repeated)
            await deviceTokens.EraseAllAsync(work, proven.Keys.Account, cancellationToken);
        if (proven.Request.RememberDevice)
        {
            session.DeviceToken = await deviceTokens.IssueAsync(work, proven.Keys.Account, device: null, cancellationToken);
            audit.Record(work, entry with { Type = EventType.DeviceTokenIssued });
        }

        return new VerifyContactResponse
        {
            Account = await AccountMessages.OfAsync(work.Rows, account, proven.Keys, cancellationToken),
            Session = session,
        };
    }

    private async Task OpenAsync(Work work, AccountRow account, ProvenContact proven, Call call, CancellationToken cancellationToken)
    {
        account.VerifiedAt = work.Now;
        account.UpdatedAt = work.Now;
        ContactChanges.SetBox(account, proven.Contact.Kind, proven.Row.ContactSealed);
        work.Rows.Contacts.Add(contacts.RowOf(proven.Keys.Account, proven.Contact));

        if (proven.Row.Environment is { } environment)
            await profiles.LearnSignUpAsync(work, proven.Keys, environment, proven.Row.Id, call.Network, cancellationToken);
        work.Rows.Entry(proven.Row).Property(row => row.Environment).CurrentValue = null;
    }

    /// <summary>
    /// The code came back to the network that set the password minutes ago and alone may answer: the one person who signs up has
    /// shown both.
    /// </summary>
    private static FactorKind[] FactorsOf(Contact contact) =>
        [FactorKind.Password, contact.Kind == ContactKind.Email ? FactorKind.EmailCode : FactorKind.SmsCode];
}
