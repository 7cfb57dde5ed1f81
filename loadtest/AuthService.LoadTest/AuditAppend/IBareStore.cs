namespace AuthService.LoadTest.AuditAppend;

/// <summary>A database without the service: one connection, statements written by hand, as durable as the service's own.</summary>
internal interface IBareStore : IAsyncDisposable
{
    /// <summary>What the service is told of it.</summary>
    IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Connects, with the service's schema there; makes a table of the log's columns, with its number for a key and no index.</summary>
    Task PrepareAsync(IReadOnlyList<string> columns);

    /// <summary>Adds rows in one transaction.</summary>
    /// <param name="toLog">Whether to the log itself, with its indexes, or to the bare table.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="rows">Their values.</param>
    Task AppendAsync(bool toLog, IReadOnlyList<string> columns, ArraySegment<object?[]> rows);

    /// <summary>How often the write-ahead log was flushed to the disk until now, or null where nobody counts.</summary>
    Task<long?> FlushesAsync();
}
