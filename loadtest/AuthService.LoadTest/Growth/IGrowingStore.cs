namespace AuthService.LoadTest.Growth;

/// <summary>A database that is filled without the service, in its own SQL: a million sign-ups would take hours.</summary>
internal interface IGrowingStore : IAsyncDisposable
{
    /// <summary>Has the service use it.</summary>
    IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Adds accounts by copying the rows of one, under other ids, other look-up values and other keys.</summary>
    /// <param name="template">The account whose rows they look like.</param>
    /// <param name="from">The number of the first.</param>
    /// <param name="count">How many.</param>
    Task CloneAsync(string template, long from, long count);

    /// <summary>After the last of them: what keeps a database that grew by itself in shape.</summary>
    Task SettleAsync();

    /// <summary>A transaction that adds one row to a small table, durably: what this store costs now whatever it holds. The baseline.</summary>
    Task CommitAsync();

    Task<long> BytesAsync();

    /// <summary>Empty where the store does not tell.</summary>
    Task<IReadOnlyList<(string Table, long Bytes)>> TablesAsync();
}
