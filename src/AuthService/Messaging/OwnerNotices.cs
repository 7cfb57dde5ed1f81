using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;
using static AuthService.Messaging.MessageTemplate;

namespace AuthService.Messaging;

/// <summary>Tells the owner of an account what happened to it, by every contact that was verified.</summary>
public sealed class OwnerNotices(Outbox outbox)
{
    /// <summary>The names that sealed contacts are bound to.</summary>
    public const string EmailField = "email", PhoneNumberField = "phone_number";

    /// <summary>Queues the notice in the transaction of what it tells of. For a decoy it costs the same and reaches nobody.</summary>
    /// <param name="verdictId">Of the login that it tells of, or null.</param>
    public void Notify(Work work, AccountRow account, AccountKeys keys, MessageTemplate template, string? verdictId = null)
    {
        if (account.IsDecoy)
            outbox.EnqueueToNobody(work);
        Notify(ContactKind.Email, Open(keys, EmailField, account.EmailSealed));
        Notify(ContactKind.Phone, Open(keys, PhoneNumberField, account.PhoneNumberSealed));

        void Notify(ContactKind channel, string? contact)
        {
            if (contact is null)
                return;
            var token = CanBeReported(template) ? ReportTokens.Issue(work, account.Id, verdictId) : null;
            outbox.Enqueue(work, new Message(channel, contact, template, account.Locale, ReportToken: token));
        }
    }

    /// <summary>What, if it was not the owner's own doing, was the doing of somebody who is in, or nearly.</summary>
    private static bool CanBeReported(MessageTemplate template) => template is
        LoginRefused or StepUpRequired or SessionReused or PasswordChanged or AccountRecovered or RecoveryWaiting
        or ContactChanged or ContactWaiting or DeviceBound or DeviceBoundWaiting or DeviceUnbound
        or FactorEnrolled or FactorWaiting or FactorRemoved;

    private static string? Open(AccountKeys keys, string field, byte[]? box) =>
        box is not null && Sealing.TryOpenText(keys, field, box, out var contact) ? contact : null;
}
