using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AuthService.Tests.Stores;

/// <summary>Counts commits, and can hold one up.</summary>
internal sealed class Commits : DbTransactionInterceptor
{
    public int Count { get; set; }

    public Func<Task>? Before { get; set; }

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Count++;
        await (Before?.Invoke() ?? Task.CompletedTask);
        return result;
    }
}
