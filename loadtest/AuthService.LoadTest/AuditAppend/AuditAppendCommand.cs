using System.CommandLine;
using AuthService.Audit;
using AuthService.LoadTest.Commands;
using AuthService.LoadTest.Subject;
using AuthService.Storage;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace AuthService.LoadTest.AuditAppend;

/// <summary>How many events of the audit log become durable in a second, and how long whoever writes one waits for it.</summary>
internal static class AuditAppendCommand
{
    /// <summary>Rows that are made beforehand and written over and over by hand.</summary>
    private const int Batches = 64;

    private static readonly Option<string> StoreOption = new("--store") { Description = "sqlite or postgres.", DefaultValueFactory = _ => "sqlite" };

    private static readonly Option<int> Writers = CommandOptions.Number("--writers", "At once", 64, 2, 1_000);

    private static readonly Option<int> Batch = CommandOptions.Number("--batch", "Events of a transaction, where there are several", 256, 2, 10_000);

    private static readonly Option<int> Seconds = CommandOptions.Number("--seconds", "Of each way of appending", 8, 1, 60);

    private static readonly Option<string?> Data = new("--data") { Description = "A folder on the disk that is meant (SQLite). Default: the temporary one." };

    private static readonly Option<string?> Json = CommandOptions.Json();

    private static readonly Option<string?> Table = CommandOptions.Table();

    static AuditAppendCommand()
    {
        StoreOption.AcceptOnlyFromAmong("sqlite", "postgres");
        Data.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } folder && !Directory.Exists(folder))
                result.AddError($"--data: there is no folder '{folder}'.");
        });
    }

    public static Command Create()
    {
        var command = new Command(
            "audit-append", "Appends audit events by the service's own code, many writers at once, beside bare SQL. Exits with 1 if it is less than promised.")
        {
            StoreOption, Writers, Batch, Seconds, Data, Json, Table,
        };
        command.SetAction((arguments, _) => RunAsync(arguments));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 180);
        var data = Directory.CreateDirectory(Path.Combine(arguments.GetValue(Data) ?? Path.GetTempPath(), $"authservice-audit-append-{Environment.ProcessId}")).FullName;
        try
        {
            var name = arguments.GetRequiredValue(StoreOption);
            await using IBareStore store = name == "postgres" ? await PostgresBareStore.StartAsync() : new SqliteBareStore(data);
            await using var service = await OwnService.StartAsync(data, store.Settings);
            var report = await MeasureAsync(
                name, store, service, arguments.GetValue(Writers), arguments.GetValue(Batch), TimeSpan.FromSeconds(arguments.GetValue(Seconds)));
            report.Write();
            await CommandOptions.WriteAsync(arguments.GetValue(Json), report);
            await CommandOptions.WriteTableAsync(arguments.GetValue(Table), report.Findings);
            return report.IsKept ? 0 : 1;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<AuditAppendReport> MeasureAsync(string name, IBareStore store, OwnService service, int writers, int batch, TimeSpan time)
    {
        var events = await LoginEvents.OfAsync(service);
        var database = service.Services.GetRequiredService<Database>();
        var stored = events.Rows(Batches * batch);
        await store.PrepareAsync(stored.Columns);
        var rows = stored.Rows.ToArray();
        var next = 0;

        // The service's own code: how every use case writes its event, and how counted events are written once a minute.
        List<Arm> arms =
        [
            await RunAsync("the service: an event a transaction", writers, 1, AppendAsync),
            await RunAsync($"the service: {batch} events a transaction", writers, batch, AppendAsync),
            await RunAsync($"the service: one writer, beside another's {batch}", 1, 1, AppendAsync, () => AppendAsync(batch)),
            await RunAsync($"the service: one writer, beside counted events, {CountedEvents.AtOnce} at once", 1, 1, AppendAsync, () => AppendAsync(CountedEvents.AtOnce)),
        ];

        // Without it.
        var bareBatches = await RunAsync($"bare rows, {batch} a commit", 1, batch, count => ByHandAsync(toLog: false, count));
        var bareCommit = await RunAsync("a bare row a commit", 1, 1, count => ByHandAsync(toLog: false, count));
        var byHand = await RunAsync($"the log with its indexes, {batch} a commit, by hand", 1, batch, count => ByHandAsync(toLog: true, count));
        return new AuditAppendReport(name, stored.Size, [.. arms, bareBatches, bareCommit, byHand], bareBatches, bareCommit);

        Task AppendAsync(int count) => database.WriteAsync(
            work =>
            {
                events.Record(work, count);
                return Task.CompletedTask;
            },
            CancellationToken.None);

        Task ByHandAsync(bool toLog, int count)
        {
            var from = next + count <= rows.Length ? next : 0;
            next = from + count;
            return store.AppendAsync(toLog, stored.Columns, new ArraySegment<object?[]>(rows, from, count));
        }

        Task<Arm> RunAsync(string arm, int many, int each, Func<int, Task> append, Func<Task>? beside = null)
        {
            AnsiConsole.WriteLine($"{arm} …");
            return Arm.RunAsync(arm, many, each, time, append, store.FlushesAsync, beside);
        }
    }
}
