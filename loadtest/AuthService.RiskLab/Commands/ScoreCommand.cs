using System.CommandLine;
using System.Globalization;
using AuthService.Ecv.Risk;
using AuthService.RiskLab.Contestants.Engine;
using AuthService.RiskLab.Files;
using Spectre.Console;

namespace AuthService.RiskLab.Commands;

/// <summary>Plays a file through the engine, in order: each login is judged first, then learned from.</summary>
internal static class ScoreCommand
{
    private static readonly Option<FileInfo> Csv = new("--csv") { Description = "A file of the RBA data set's format." };
    private static readonly Option<FileInfo> JsonLines = new("--jsonl") { Description = "Rich logins, one JSON object a line." };
    private static readonly Option<FileInfo> Out = new("--out") { Description = "Where the scores go: index, score in millibits, gate, decision, separated by tabs. Standard output if not given." };
    private static readonly Option<bool> IgnoreKeys = new("--ignore-keys") { Description = "Judges without proofs, as if nobody had a key." };

    public static Command Create()
    {
        var command = new Command("score", "Scores each login of a file by what the ones before it have taught.") { Csv, JsonLines, Out, IgnoreKeys };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Csv) is null == result.GetValue(JsonLines) is null)
                result.AddError("Name one file: --csv FILE or --jsonl FILE.");
        });
        command.SetAction(arguments => Run(
            arguments.GetValue(Csv), arguments.GetValue(JsonLines), arguments.GetValue(Out), arguments.GetValue(IgnoreKeys)));
        return command;
    }

    private static int Run(FileInfo? csv, FileInfo? jsonLines, FileInfo? output, bool ignoreKeys)
    {
        var source = csv ?? jsonLines!;
        try
        {
            using var bytes = source.OpenRead();
            using var text = new StreamReader(bytes, bufferSize: 1 << 16);
            using var results = output is null ? Console.Out : new StreamWriter(output.Create(), bufferSize: 1 << 16);
            var problems = new Problems(Console.Error);
            var logins = csv is not null ? RbaFile.Read(text, problems) : JsonLinesFile.Read(text, problems);
            var engine = new EngineContestant(
                new EngineOptions { Name = "engine", ColumnsOnly = csv is not null, Keys = csv is null && !ignoreKeys }, RiskPolicy.Default);

            long rows = 0;
            ShowProgress(bytes, () => rows = Score(engine, logins, results));
            problems.Summarise();
            Console.Error.WriteLine($"{rows:N0} logins scored");
            return rows > 0 ? 0 : 1;
        }
        catch (Exception problem) when (problem is FileProblemException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{source.Name}: {problem.Message}");
            return 1;
        }
    }

    /// <returns>How many rows were written.</returns>
    internal static long Score(EngineContestant engine, IEnumerable<FileLogin> logins, TextWriter results)
    {
        results.Write("index\tscore\tgate\tdecision\n");
        long rows = 0;
        foreach (var (index, login) in logins)
        {
            var judged = engine.Judge(login);
            results.Write(string.Create(
                CultureInfo.InvariantCulture, $"{index}\t{judged.Verdict!.ScoreMillibits}\t{Name(judged.Gate)}\t{Name(judged.Decision)}\n"));
            if (login.Successful)
                engine.Learn(login, judged);
            else
                engine.Fail(login);
            rows++;
        }

        results.Flush();
        return rows;
    }

    /// <summary>As risk.proto names them.</summary>
    private static string Name(Gate gate) => gate switch
    {
        Gate.Key => "GATE_KEY",
        Gate.DeviceToken => "GATE_DEVICE_TOKEN",
        Gate.FamiliarNetwork => "GATE_FAMILIAR_NETWORK",
        _ => "GATE_SHUT",
    };

    private static string Name(Decision decision) => decision switch
    {
        Decision.Allow => "DECISION_ALLOW",
        Decision.Deny => "DECISION_DENY",
        _ => "DECISION_STEP_UP",
    };

    /// <summary>By bytes read; on standard error, and only where somebody looks.</summary>
    private static void ShowProgress(Stream bytes, Action work)
    {
        if (Console.IsErrorRedirected || bytes.Length == 0)
        {
            work();
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
        {
            var task = progress.AddTask("scoring", maxValue: bytes.Length);
            using var every = TimeProvider.System.CreateTimer(_ => task.Value = bytes.Position, null, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
            work();
            task.Value = bytes.Length;
        });
    }
}
