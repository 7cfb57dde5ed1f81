using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;

namespace AuthService.Messaging;

/// <summary>Tells the owner of an account what happened to it, by every contact that was verified.</summary>
public sealed class OwnerNotices(Outbox outbox)
{
    /// <summary>The names that sealed contacts are bound to.</summary>
    public const string EmailField = "email", PhoneNumberField = "phone_number";

    /// <summary>Queues the notice in the transaction of what it tells of. For a decoy it costs the same and reaches nobody.</summary>
    public void Notify(Work work, AccountRow account, AccountKeys keys, MessageTemplate template)
    {
        if (account.IsDecoy)
            outbox.EnqueueToNobody(work);
        Notify(work, account, template, ContactKind.Email, Open(keys, EmailField, account.EmailSealed));
        Notify(work, account, template, ContactKind.Phone, Open(keys, PhoneNumberField, account.PhoneNumberSealed));
    }

    private void Notify(Work work, AccountRow account, MessageTemplate template, ContactKind channel, string? contact)
    {
        if (contact is not null)
            outbox.Enqueue(work, new Message(channel, contact, template, account.Locale));
    }

    private static string? Open(AccountKeys keys, string field, byte[]? box) =>
        box is not null && Sealing.TryOpenText(keys, field, box, out var contact) ? contact : null;
}
