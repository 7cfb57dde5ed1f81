using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AuthService.Tests.Stores;

/// <summary>Holds up who has just committed, until it is opened: what it wrote is durable, and nobody has been told.</summary>
internal sealed class CommitGate : DbTransactionInterceptor
{
    private TaskCompletionSource? _closed;

    public void Close() => Volatile.Write(ref _closed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Open() => Interlocked.Exchange(ref _closed, null)?.SetResult();

    public override async Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _closed) is { } closed)
            await closed.Task;
    }
}
