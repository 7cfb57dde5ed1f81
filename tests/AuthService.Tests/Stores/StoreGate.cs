using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AuthService.Tests.Stores;

/// <summary>Holds up what a service asks of a table of its database, as a lock would, until it is opened or its asker gives up.</summary>
/// <param name="tables">Their names. What runs in the background has tables of its own, and goes on.</param>
internal sealed class StoreGate(params string[] tables) : DbCommandInterceptor, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _gaveUp = new(0);
    private TaskCompletionSource? _closed;
    private int _passing;

    /// <param name="passing">So many are let through before.</param>
    public void Close(int passing = 0)
    {
        _passing = passing;
        Volatile.Write(ref _closed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    public void Open() => Interlocked.Exchange(ref _closed, null)?.SetResult();

    /// <summary>Until one more waits.</summary>
    public async Task ArrivedAsync() => (await _arrived.WaitAsync(Patience)).ShouldBeTrue("somebody comes to the database");

    /// <summary>Until one more has stopped waiting, the gate still closed.</summary>
    public async Task GaveUpAsync() => (await _gaveUp.WaitAsync(Patience)).ShouldBeTrue("somebody stops waiting for the database");

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _closed) is not { } closed
            || !tables.Any(table => command.CommandText.Contains($"\"{table}\"", StringComparison.Ordinal))
            || Interlocked.Decrement(ref _passing) >= 0)
            return result;

        _arrived.Release();
        try
        {
            await closed.Task.WaitAsync(cancellationToken);
            return result;
        }
        catch (OperationCanceledException)
        {
            _gaveUp.Release();
            throw;
        }
    }

    public void Dispose()
    {
        _arrived.Dispose();
        _gaveUp.Dispose();
    }
}
