using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Messaging;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Accounts;

/// <summary>That somebody says a contact is his: at sign-up, or to put it in place of another.</summary>
/// <param name="Keys">Of the account that is to have it.</param>
/// <param name="Locale">Of who claims it.</param>
/// <param name="Holder">Who has it now, from <see cref="AccountDirectory.FindOrDecoyAsync"/>: a decoy if nobody has.</param>
/// <param name="Environment">The surroundings of a sign-up, sealed, or null.</param>
internal sealed record ContactClaim(
    VerificationPurpose Purpose, AccountKeys Keys, Contact Contact, string Locale, FoundAccount Holder, byte[]? Environment = null)
{
    /// <summary>Of a change: whether a trusted guard vouches for it (<c>Security/Trust</c>).</summary>
    public bool IsCountersigned { get; init; }
}

/// <summary>
/// Sends the code that proves a contact. If the contact has an account already, its owner is told instead, and no code fits; the
/// same rows are written, so that who asks cannot tell.
/// </summary>
internal sealed class ContactClaims(Verifications verifications, Outbox outbox, AuditTrail audit)
{
    /// <returns>The verification's id.</returns>
    public string Begin(Work work, ContactClaim claim, Call call)
    {
        var (contact, holder) = (claim.Contact, claim.Holder);
        var code = OneTimeCodes.Create(CodeText.ContactDigits);
        var isTaken = !holder.Row.IsDecoy;
        if (isTaken)
        {
            outbox.Enqueue(work, new Message(contact.Kind, contact.Value, MessageTemplate.SignUpOnYourContact, holder.Row.Locale));
            audit.Record(work, new AuditEntry(EventType.SignUpOnExistingContact, call) { Account = holder.Id, Keys = holder.Keys });
        }
        else
        {
            var (template, type) = claim.Purpose == VerificationPurpose.SignUp
                ? (MessageTemplate.VerifyContact, EventType.AccountCreated)
                : (MessageTemplate.ChangeContact, EventType.CodeSent);
            outbox.Enqueue(work, new Message(contact.Kind, contact.Value, template, claim.Locale, code.Value));
            audit.Record(work, new AuditEntry(type, call) { Account = claim.Keys.Account, Keys = claim.Keys });
        }

        var what = new NewVerification(claim.Purpose, claim.Keys, contact, isTaken ? null : code, claim.Environment, claim.IsCountersigned);
        return verifications.Add(work, what, call);
    }
}
