using AuthService.Messaging;
using AuthService.Storage;

namespace AuthService.Accounts;

/// <summary>Tells the owner of an account what happened to it, by every contact that was verified.</summary>
public sealed class OwnerNotices
{
    /// <summary>Queues the notice in the transaction of what it tells of. For a decoy it costs the same and reaches nobody.</summary>
    public void Notify(Work work, FoundAccount account, MessageTemplate template) => throw new NotSupportedException();
}
