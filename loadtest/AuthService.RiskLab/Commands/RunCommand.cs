using System.CommandLine;
using AuthService.Ecv.Risk;
using AuthService.RiskLab.Contestants;
using AuthService.RiskLab.Contestants.Engine;
using AuthService.RiskLab.Contestants.Freeman;
using AuthService.RiskLab.Population;
using AuthService.RiskLab.Reports;
using AuthService.RiskLab.Trials;
using Spectre.Console;

namespace AuthService.RiskLab.Commands;

/// <summary>The whole comparison: every contestant, every attacker, one table.</summary>
internal static class RunCommand
{
    private static readonly Option<int> Crowd = new("--crowd") { Description = "People whose logins follow the RBA data set.", DefaultValueFactory = _ => new PopulationOptions().Crowd };
    private static readonly Option<int> Panel = new("--panel") { Description = "People with long histories.", DefaultValueFactory = _ => new PopulationOptions().Panel };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "The same seed gives the same table.", DefaultValueFactory = _ => new PopulationOptions().Seed };

    private static readonly Option<FileInfo> Page = new("--page") { Description = "A Markdown page to put the report into, between <!-- risklab --> and <!-- /risklab -->." };
    private static readonly Option<DirectoryInfo> Pictures = new("--pictures") { Description = "Where the plots go; docs/risklab if not given." };

    private const int PoisonedVictims = 200;

    /// <summary>The command, and the same for who names none.</summary>
    public static RootCommand AsRoot(string description)
    {
        var root = new RootCommand(description);
        AddTo(root);
        var run = new Command("run", "The whole comparison; what happens where no command is named.");
        AddTo(run);
        root.Add(run);
        return root;
    }

    private static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Crowd, Panel, Seed, Page, Pictures])
            command.Add(option);
        command.SetAction(arguments => Run(
            new PopulationOptions { Crowd = arguments.GetValue(Crowd), Panel = arguments.GetValue(Panel), Seed = arguments.GetValue(Seed) },
            arguments.GetValue(Page),
            arguments.GetValue(Pictures)));
    }

    internal static IReadOnlyList<Func<Contestant>> Contestants(ulong seed) =>
    [
        () => new EngineContestant(new EngineOptions { Name = "engine, no keys", Seed = seed }, RiskPolicy.Default),
        () => new EngineContestant(new EngineOptions { Name = "engine, keys", Keys = true, Seed = seed }, RiskPolicy.Default),
        () => new EngineContestant(new EngineOptions { Name = "engine, device tokens", Tokens = true, Seed = seed }, RiskPolicy.Default),
        () => new EngineContestant(new EngineOptions { Name = "engine, data set's columns", ColumnsOnly = true, Seed = seed }, RiskPolicy.Default),
        () => new FreemanModel(),
        () => new NewOriginRule(),
        () => new BehaviourVote(),
    ];

    private static int Run(PopulationOptions options, FileInfo? page, DirectoryInfo? pictures)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 160);
        var trial = Trial.Create(options);
        Console.Error.WriteLine($"seed {options.Seed}: {trial.People.Count:N0} people, {trial.Attempts.Count:N0} attempts and attacks");
        var contestants = Contestants(options.Seed);
        var poisonings = Poisonings(contestants, trial);
        var (outcomes, poisoned) = PlayAll(trial, contestants, poisonings);

        var folder = pictures ?? new DirectoryInfo("docs/risklab");
        folder.Create();
        Plots.WriteRoc(folder, outcomes, ["targeted", "very targeted", "profile replay", "naive"]);
        Plots.WriteCalibration(folder, [outcomes[0], outcomes[3], outcomes[4]], "targeted");
        var section = string.Join('\n', LabReport.Lines(options, trial, outcomes, poisoned, folder.Name));
        Console.WriteLine(section);
        if (page is not null)
            File.WriteAllText(page.FullName, MarkdownSection.Insert(page.Exists ? File.ReadAllText(page.FullName) : "", section));
        return 0;
    }

    private static (string Who, Func<Action, Poisoning.Result> Play)[] Poisonings(IReadOnlyList<Func<Contestant>> contestants, Trial trial) =>
        [.. ((ReadOnlySpan<int>)[2, 12]).ToArray().Select(length =>
            ("device tokens", (Func<Action, Poisoning.Result>)(progress => Poisoning.Play(trial, length, PoisonedVictims, contestants[2], progress))))];

    internal static (Outcomes[] Outcomes, (string Who, Poisoning.Result Result)[] Poisoned) PlayAll(
        Trial trial, IReadOnlyList<Func<Contestant>> contestants, (string Who, Func<Action, Poisoning.Result> Play)[] poisonings)
    {
        var outcomes = new Outcomes[contestants.Count];
        var poisoned = new (string, Poisoning.Result)[poisonings.Length];
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
        {
            var logins = progress.AddTask("logins and attacks", maxValue: (double)trial.Attempts.Count * contestants.Count);
            var poison = progress.AddTask("ninety days of poison", maxValue: Math.Max(1, PoisonedVictims * poisonings.Length));
            // Each contestant sees everything in order; among them there is none.
            Parallel.For(0, outcomes.Length + poisoned.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
            {
                if (index < outcomes.Length)
                    outcomes[index] = trial.Play(contestants[index](), played => logins.Increment(played));
                else
                    poisoned[index - outcomes.Length] = (poisonings[index - outcomes.Length].Who, poisonings[index - outcomes.Length].Play(() => poison.Increment(1)));
            });
        });
        return (outcomes, poisoned);
    }
}
