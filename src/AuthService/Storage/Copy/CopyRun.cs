using System.Data.Common;
using System.Runtime.CompilerServices;

namespace AuthService.Storage.Copy;

/// <summary>One copy or comparison on its way: its tables, read on both sides.</summary>
internal sealed class CopyRun(CopyTarget target, IReadOnlyList<(CopySource Source, CopiedTable Table)> tables, Action<double> report)
{
    private const int RowsAReport = 1000;

    private readonly TableDigest[] _sources = new TableDigest[tables.Count];
    private long _expected;
    private long _done;

    public async Task CountAsync(CancellationToken cancellationToken)
    {
        // Each row is met twice: in the source, and in the target.
        foreach (var (source, table) in tables)
            _expected += 2 * await source.CountAsync(table, cancellationToken);
    }

    /// <summary>Copies all rows, and has the target's numbers go on where the source's stopped.</summary>
    public async Task CopyAsync(CancellationToken cancellationToken)
    {
        for (var at = 0; at < tables.Count; at++)
        {
            var (source, table) = tables[at];
            foreach (var column in await target.NumberedColumnsAsync(table, cancellationToken))
            {
                var last = await source.LastNumberAsync(table, column, cancellationToken);
                await target.MakeRoomAsync(table, last, cancellationToken);
                await target.CountOnAfterAsync(table, column, last, cancellationToken);
            }

            using var digest = new RowDigest();
            await target.WriteAsync(table, ReadSourceAsync(source, table, digest, cancellationToken), cancellationToken);
            _sources[at] = digest.Finish();
        }
    }

    /// <summary>Only reads the source, for a copy that was made before.</summary>
    public async Task ReadSourceAsync(CancellationToken cancellationToken)
    {
        for (var at = 0; at < tables.Count; at++)
        {
            var (source, table) = tables[at];
            using var digest = new RowDigest();
            await foreach (var _ in ReadSourceAsync(source, table, digest, cancellationToken))
            {
            }

            _sources[at] = digest.Finish();
        }
    }

    /// <summary>Reads the target back.</summary>
    public async Task<CopyOutcome.Compared> CompareAsync(CancellationToken cancellationToken)
    {
        var comparisons = new List<TableComparison>();
        for (var at = 0; at < tables.Count; at++)
        {
            var table = tables[at].Table;
            using var digest = new RowDigest();
            await using var command = target.Command(table.SelectFromTarget);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await foreach (var _ in ReadAsync(reader, table, (column, row, place) => column.ReadTarget(row, place), digest, cancellationToken))
            {
            }

            comparisons.Add(new TableComparison(table.Schema, table.Name, _sources[at], digest.Finish()));
        }

        return new CopyOutcome.Compared(comparisons);
    }

    private async IAsyncEnumerable<object?[]> ReadSourceAsync(
        CopySource source, CopiedTable table, RowDigest digest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = source.Command(table.SelectFromSource);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await foreach (var row in ReadAsync(reader, table, (column, stored, place) => column.ReadSource(stored, place), digest, cancellationToken))
            yield return row;
    }

    /// <summary>The array is the same each time: a row is taken before the next.</summary>
    private async IAsyncEnumerable<object?[]> ReadAsync(
        DbDataReader reader, CopiedTable table, Func<CopiedColumn, DbDataReader, int, object?> read, RowDigest digest,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var row = new object?[table.Columns.Count];
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var at = 0; at < row.Length; at++)
                row[at] = read(table.Columns[at], reader, at);
            digest.Add(row);
            if (++_done % RowsAReport == 0)
                report(Math.Min(1, (double)_done / _expected));
            yield return row;
        }
    }
}
