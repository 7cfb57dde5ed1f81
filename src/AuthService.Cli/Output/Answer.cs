using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthService.Client;
using Grpc.Core;
using Spectre.Console;

namespace AuthService.Cli.Output;

/// <summary>How a command answers: for people in words and tables, for programs in JSON.</summary>
internal sealed class Answer(ParseResult parsed)
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsJson { get; } = parsed.GetValue(GlobalOptions.Json);

    private TextWriter Output => parsed.InvocationConfiguration.Output;

    private TextWriter Error => parsed.InvocationConfiguration.Error;

    /// <summary>A line for people. Programs read it off the JSON.</summary>
    public void Say(string line)
    {
        if (!IsJson)
            Output.WriteLine(line);
    }

    public void Write(JsonNode json) => Output.WriteLine(json.ToJsonString(Indented));

    /// <summary>Facts about one thing: a list of names and values, or one JSON object.</summary>
    public void WriteFacts(params IReadOnlyList<(string Name, JsonNode? Value)> facts)
    {
        if (IsJson)
        {
            Write(new JsonObject(facts.Select(fact => KeyValuePair.Create(fact.Name, fact.Value))));
            return;
        }

        var width = facts.Max(fact => fact.Name.Length);
        foreach (var (name, value) in facts)
            Output.WriteLine($"{name.Replace('_', ' ').PadRight(width)}  {InWords(value)}");
    }

    /// <summary>Several of a kind: a table, or a JSON array of objects.</summary>
    public void WriteRows(IReadOnlyList<string> columns, IReadOnlyList<JsonNode?[]> rows)
    {
        if (IsJson)
        {
            Write(new JsonArray([.. rows.Select(row => new JsonObject(columns.Zip(row, KeyValuePair.Create)))]));
            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(Markup.Escape(column.Replace('_', ' '))));
        foreach (var row in rows)
            table.AddRow([.. row.Select(cell => Markup.Escape(InWords(cell)))]);
        Render(table);
    }

    public void Render(Spectre.Console.Rendering.IRenderable what) => Terminal().Write(what);

    /// <summary>Runs long work with a bar that shows how far it is; without one where nobody watches.</summary>
    public async Task<T> WithProgressAsync<T>(string what, Func<Action<double>, Task<T>> work)
    {
        var terminal = Terminal();
        if (IsJson || Console.IsOutputRedirected || !terminal.Profile.Capabilities.Interactive)
            return await work(static _ => { });

        return await terminal.Progress().AutoClear(enabled: true).StartAsync(context =>
        {
            var bar = context.AddTask(Markup.Escape(what), maxValue: 1);
            return work(share => bar.Value = share);
        });
    }

    /// <summary>Runs the command; what goes wrong becomes a line and an exit code.</summary>
    public async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (CommandFailure failure)
        {
            return Fail("", failure.Message, [], ExitCodes.Refused);
        }
        catch (RpcException fault)
        {
            var refusal = AuthServiceException.From(fault);
            var hints = refusal.FieldViolations.Select(violation => $"{violation.Field}: {violation.Description}").ToList();
            if (refusal.RetryAfter is { } delay)
                hints.Add($"try again in {delay.TotalSeconds:0.#} s");
            var silent = refusal.Reason.Length == 0 && refusal.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded;
            return silent
                ? Fail("UNREACHABLE", $"No answer from {parsed.GetValue(GlobalOptions.Address)}: {refusal.Status.Detail}", hints, ExitCodes.Unreachable)
                : Fail(refusal.Reason, refusal.Message, hints, ExitCodes.Refused);
        }
    }

    private int Fail(string reason, string message, IReadOnlyList<string> hints, int exitCode)
    {
        if (IsJson)
        {
            Error.WriteLine(new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["reason"] = reason,
                    ["message"] = message,
                    ["hints"] = new JsonArray([.. hints.Select(hint => (JsonNode)hint)]),
                },
            }.ToJsonString(Indented));
            return exitCode;
        }

        Error.WriteLine(reason.Length > 0 ? $"{reason}: {message}" : message);
        foreach (var hint in hints)
            Error.WriteLine($"  {hint}");
        return exitCode;
    }

    private static string InWords(JsonNode? value) => value switch
    {
        null => "-",
        JsonArray list => list.Count == 0 ? "-" : string.Join(", ", list.Select(InWords)),
        JsonValue truth when truth.TryGetValue<bool>(out var yes) => yes ? "yes" : "no",
        _ => value.ToString(),
    };

    private IAnsiConsole Terminal()
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Output) });

        // Into a pipe or a file goes the whole line: nobody's window limits it.
        if (Console.IsOutputRedirected)
            terminal.Profile.Width = 200;
        return terminal;
    }
}
