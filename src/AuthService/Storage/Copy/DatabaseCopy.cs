using AuthService.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace AuthService.Storage.Copy;

/// <summary>
/// Brings a deployment's databases from the SQLite files of a stopped service to the configured PostgreSQL. What is copied says the
/// model; nothing here names a table. Keys and accounts go in one transaction: no account is ever there without its keys.
/// </summary>
public sealed class DatabaseCopy(IEnumerable<StoredModel> models, IOptions<StorageOptions> options)
{
    private readonly IReadOnlyList<StoredModel> _models = [.. models];
    private readonly StorageOptions _options = options.Value;

    /// <summary>Copies into tables that are empty, which it makes if there are none, reads them back and compares.</summary>
    /// <param name="folder">The data folder with the files; null for the configured one.</param>
    /// <param name="report">Is told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Ends it; nothing is kept.</param>
    /// <exception cref="System.Data.Common.DbException">A database went away, or did not take a row. Nothing was kept, unless it was the commit that failed.</exception>
    public async Task<CopyOutcome> CopyAsync(string? folder, Action<double> report, CancellationToken cancellationToken)
    {
        // 1 Nobody writes the source from here on.
        await using var sources = new Sources();
        if (await OpenAsync(sources, folder, cancellationToken) is { } problem)
            return new CopyOutcome.Refused(problem);

        // 2 The target has the same tables. One that has others may be somebody's, and is left as it is.
        await using var target = await CopyTarget.OpenAsync(_options.ConnectionString!, cancellationToken);
        foreach (var model in _models)
            await target.MakeTablesAsync(model, cancellationToken);
        if (await ProblemAsync(target, cancellationToken) is { } other)
            return new CopyOutcome.Refused(other);

        // 3 They are empty, and stay so for everybody else.
        await using var transaction = await target.BeginAsync(cancellationToken);
        var tables = TablesOf(sources, target);
        await target.LockAsync([.. tables.Select(pair => pair.Table)], cancellationToken);
        if (await NotEmptyAsync(target, tables, cancellationToken) is { } full)
            return new CopyOutcome.Refused(full);

        // 4 Copy, and read back what PostgreSQL made of it.
        var run = new CopyRun(target, tables, report);
        await run.CountAsync(cancellationToken);
        await run.CopyAsync(cancellationToken);
        var compared = await run.CompareAsync(cancellationToken);

        // 5 All of it, or nothing. Whether it was kept must not be left open by whoever hangs up here.
        if (compared.IsSame)
            await transaction.CommitAsync(CancellationToken.None);
        return compared;
    }

    /// <summary>Compares the source with a copy that was made before, as long as no service has written to it.</summary>
    /// <inheritdoc cref="CopyAsync"/>
    public async Task<CopyOutcome> CompareAsync(string? folder, Action<double> report, CancellationToken cancellationToken)
    {
        await using var sources = new Sources();
        if (await OpenAsync(sources, folder, cancellationToken) is { } problem)
            return new CopyOutcome.Refused(problem);

        await using var target = await CopyTarget.OpenAsync(_options.ConnectionString!, cancellationToken);
        if (await ProblemAsync(target, cancellationToken) is { } other)
            return new CopyOutcome.Refused(other);

        await using var transaction = await target.BeginAsync(cancellationToken);
        var run = new CopyRun(target, TablesOf(sources, target), report);
        await run.CountAsync(cancellationToken);
        await run.ReadSourceAsync(cancellationToken);
        return await run.CompareAsync(cancellationToken);
    }

    private async Task<string?> OpenAsync(Sources sources, string? folder, CancellationToken cancellationToken)
    {
        if (_options.ConnectionString is not { Length: > 0 } given)
            return "Storage:ConnectionString is needed: it names the PostgreSQL to copy to.";
        if (PostgresConnections.ProblemOf(given) is { } wrong)
            return $"Storage:ConnectionString {wrong}.";

        foreach (var model in _models)
        {
            var (source, problem) = await CopySource.OpenAsync(model, folder ?? _options.DataPath, cancellationToken);
            if (source is null)
                return problem;
            sources.Add(source);
        }

        return null;
    }

    private async Task<string?> ProblemAsync(CopyTarget target, CancellationToken cancellationToken)
    {
        foreach (var model in _models)
        {
            if (await target.ProblemAsync(model, cancellationToken) is { } problem)
                return problem;
        }

        return null;
    }

    private List<(CopySource Source, CopiedTable Table)> TablesOf(Sources sources, CopyTarget target) =>
        [.. _models.Zip(sources).SelectMany(pair => target.TablesOf(pair.First, pair.Second).Select(table => (pair.Second, table)))];

    private async Task<string?> NotEmptyAsync(
        CopyTarget target, IReadOnlyList<(CopySource Source, CopiedTable Table)> tables, CancellationToken cancellationToken)
    {
        var full = new List<string>();
        foreach (var (_, table) in tables)
        {
            if (await target.HasRowsAsync(table, cancellationToken))
                full.Add($"{table.Schema}.{table.Name}");
        }

        return full.Count == 0
            ? null
            : $"The target holds rows already, in {string.Join(", ", full)}. If nobody needs them, empty it: "
                + $"psql -c 'DROP SCHEMA {string.Join(", ", _models.Select(model => model.Schema))} CASCADE'";
    }

    private sealed class Sources : List<CopySource>, IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var source in this)
                await source.DisposeAsync();
        }
    }
}
