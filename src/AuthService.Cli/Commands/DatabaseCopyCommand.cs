using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AuthService.Cli.Connections;
using AuthService.Cli.Output;
using AuthService.Storage;
using AuthService.Storage.Copy;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl database copy</c> and <c>compare</c>: a small deployment grows from SQLite to PostgreSQL.</summary>
internal static class DatabaseCopyCommand
{
    private static readonly Option<string?> From = new("--from") { Description = "The data folder with the SQLite files. Default: Storage:DataPath." };

    public static Command CreateCopy() => Create(
        "copy",
        "Copies the SQLite databases of a stopped service to the configured PostgreSQL, and verifies every row. The source is left as it is.",
        "Copying",
        (copy, folder, report, cancellationToken) => copy.CopyAsync(folder, report, cancellationToken),
        "Nothing was kept.",
        "Copied and verified. Have Storage:Provider say Postgres, and start the service; keep the SQLite files until you trust it.");

    public static Command CreateCompare() => Create(
        "compare",
        "Compares the SQLite databases of a stopped service with a copy of them that no service has written to yet.",
        "Comparing",
        (copy, folder, report, cancellationToken) => copy.CompareAsync(folder, report, cancellationToken),
        "Do not start a service on it: empty it, and copy again.",
        "The same.");

    private delegate Task<CopyOutcome> Work(DatabaseCopy copy, string? folder, Action<double> report, CancellationToken cancellationToken);

    private static Command Create(string name, string description, string progress, Work work, string ifDifferent, string ifSame)
    {
        var command = new Command(name, description) { From, StoppedService.Environment, StoppedService.Settings };
        command.SetAction((parsed, cancellationToken) =>
        {
            var answer = new Answer(parsed);
            return answer.RunAsync(async () =>
            {
                await using var service = StoppedService.Open(parsed);
                _ = service.Options<StorageOptions>();
                var copy = service.Services.GetRequiredService<DatabaseCopy>();
                switch (await RunAsync(report => work(copy, parsed.GetValue(From), report, cancellationToken), answer, progress))
                {
                    case CopyOutcome.Compared compared:
                        Write(answer, compared, ifDifferent);
                        answer.Say(ifSame);
                        return ExitCodes.Done;
                    case CopyOutcome.Refused refused:
                        throw new CommandFailure(refused.Why);
                    default:
                        throw new InvalidOperationException("There is no other outcome.");
                }
            });
        });
        return command;
    }

    private static async Task<CopyOutcome> RunAsync(Func<Action<double>, Task<CopyOutcome>> work, Answer answer, string progress)
    {
        try
        {
            return await answer.WithProgressAsync(progress, work);
        }
        catch (Exception fault) when (Store.IsFault(fault))
        {
            throw new CommandFailure($"{progress} ended early: {fault.Message} What was not finished was not kept; authctl database compare tells what is there.");
        }
    }

    private static void Write(Answer answer, CopyOutcome.Compared compared, string ifDifferent)
    {
        answer.WriteRows(
            ["schema", "table", "rows", "rows_in_target", "sha256", "same"],
            [.. compared.Tables.Select(table => new JsonNode?[]
            {
                table.Schema, table.Table, table.Source.Rows, table.Target.Rows,
                answer.IsJson ? table.Source.Sha256 : table.Source.Sha256[..16], table.IsSame,
            })]);
        var different = compared.Tables.Where(table => !table.IsSame).Select(InWords).ToList();
        if (different.Count > 0)
            throw new CommandFailure($"Not the same: {string.Join("; ", different)}. {ifDifferent}");
    }

    private static string InWords(TableComparison table) => table.Source.Rows == table.Target.Rows
        ? $"{table.Schema}.{table.Table} holds other values"
        : string.Create(CultureInfo.InvariantCulture, $"{table.Schema}.{table.Table} has {table.Target.Rows} rows of {table.Source.Rows}");
}
