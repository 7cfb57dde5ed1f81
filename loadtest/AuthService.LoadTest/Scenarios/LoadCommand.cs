using System.CommandLine;
using AuthService.LoadTest.Commands;
using AuthService.LoadTest.Reports;
using Spectre.Console;

namespace AuthService.LoadTest.Scenarios;

/// <summary>Runs scenarios one after the other, on one service and one population, and prints what came of them.</summary>
internal static class LoadCommand
{
    private static readonly IScenario[] All =
        [Validate.Hot, new ValidateByH2Load(), Validate.TenThousand, new Batch(), new Refresh(), new Login(), new LoginAlone(), new LoginStorm(), new Mixed(), new Stuffing(), new Soak()];

    private static readonly Argument<string[]> Names = new("scenario")
    {
        Description = $"One or more of: {string.Join("; ", All.Select(one => $"{one.Name} ({one.Description})"))} Default: all but soak and validate-h2load.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<int> Seconds = CommandOptions.Number("--seconds", "Of each load", 5, 1, 600);
    private static readonly Option<int> Rounds = CommandOptions.Number("--rounds", "How often a pair is measured in turn; the median ratio counts", 3, 1, 99);
    private static readonly Option<int> People = CommandOptions.Number("--people", "Who sign up first", 500, 32, 100_000);
    private static readonly Option<int> Sessions = CommandOptions.Number("--sessions", "That each of them opens", 20, 2, 100);
    private static readonly Option<int> SoakMinutes = CommandOptions.Number("--soak", "Minutes of the soak", 10, 1, 1_440);
    private static readonly Option<string> Store = new("--store") { Description = "sqlite or postgres, of the service that is started.", DefaultValueFactory = _ => "sqlite" };
    private static readonly Option<string?> Against = new("--against") { Description = "The gRPC address of a service that runs already, in Development, with limits out of the way. Needs --data." };
    private static readonly Option<DirectoryInfo?> Data = new Option<DirectoryInfo?>("--data") { Description = "The data folder of that service: its credential and its outbox are there." };
    private static readonly Option<string?> TableFile = CommandOptions.Table();
    private static readonly Option<string?> JsonFile = CommandOptions.Json();

    static LoadCommand()
    {
        Names.AcceptOnlyFromAmong([.. All.Select(one => one.Name)]);
        Store.AcceptOnlyFromAmong("sqlite", "postgres");
    }

    public static Command Create()
    {
        var command = new Command("load", "Drives the service as its users would, each scenario beside a baseline in the same run. Exits with 1 if a promise is not kept.")
        {
            Names, Seconds, Rounds, People, Sessions, SoakMinutes, Store, Against, Data, TableFile, JsonFile,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Against) is not null != result.GetValue(Data) is not null)
                result.AddError("--against and --data go together.");
            if (result.GetValue(Against) is { } address && AddressOf(address) is null)
                result.AddError("--against must be an address like http://127.0.0.1:5000.");
        });
        command.SetAction((arguments, _) => RunAsync(arguments));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments)
    {
        var asked = arguments.GetValue(Names) is { Length: > 0 } names ? names : [.. All.Where(one => one is not (Soak or ValidateByH2Load)).Select(one => one.Name)];
        var options = new BenchOptions(
            TimeSpan.FromSeconds(arguments.GetValue(Seconds)), arguments.GetValue(Rounds), arguments.GetValue(People), arguments.GetValue(Sessions),
            arguments.GetValue(Store)!, AddressOf(arguments.GetValue(Against)), arguments.GetValue(Data)?.FullName)
        {
            Soak = TimeSpan.FromMinutes(arguments.GetValue(SoakMinutes)),
        };

        var findings = new List<Finding>();
        await AnsiConsole.Status().StartAsync("The service starts", async status =>
        {
            await using var bench = await Bench.StartAsync(options, new Progress<string>(at => status.Status(at)));
            foreach (var scenario in All.Where(one => asked.Contains(one.Name, StringComparer.Ordinal)))
            {
                status.Status($"{scenario.Name}: {scenario.Description}");
                findings.AddRange(await scenario.RunAsync(bench));
            }
        });

        Console.WriteLine(FindingsTable.Markdown(findings));
        await CommandOptions.WriteTableAsync(arguments.GetValue(TableFile), findings);
        await CommandOptions.WriteAsync(arguments.GetValue(JsonFile), FindingsTable.Rows(findings));
        return findings.Any(finding => finding.IsMet is false) ? 1 : 0;
    }

    private static Uri? AddressOf(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
}
