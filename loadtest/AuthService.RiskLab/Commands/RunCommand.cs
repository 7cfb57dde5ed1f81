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
    private static readonly Option<int> Crowd = new("--crowd") { Description = "People whose logins follow the RBA data set.", DefaultValueFactory = _ => 12_000 };
    private static readonly Option<int> Panel = new("--panel") { Description = "People with long histories.", DefaultValueFactory = _ => 1_500 };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "The same seed gives the same table.", DefaultValueFactory = _ => 20260203 };

    public static RootCommand AsRoot(string description)
    {
        var command = new RootCommand(description) { Crowd, Panel, Seed };
        command.SetAction(arguments => Run(new PopulationOptions
        {
            Crowd = arguments.GetValue(Crowd),
            Panel = arguments.GetValue(Panel),
            Seed = arguments.GetValue(Seed),
        }));
        return command;
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

    private static int Run(PopulationOptions options)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 160);
        var trial = Trial.Create(options);
        AnsiConsole.WriteLine($"seed {options.Seed}: {trial.People.Count:N0} people, {trial.Attempts.Count:N0} attempts");
        var outcomes = PlayAll(trial, Contestants(options.Seed));
        foreach (var outcome in outcomes)
            Console.WriteLine($"{outcome.Contestant}: {outcome.Honest.Count(login => login.History > 0 && login.Score >= 1) / (double)outcome.Honest.Count(login => login.History > 0):P2}");
        foreach (var line in EvidenceTable.Lines(outcomes[0], [.. Attackers.Attacker.All.Select(attacker => attacker.Name)]).Concat(EvidenceTable.Lines(outcomes[3], ["naive", "targeted"])))
            Console.WriteLine(line);
        foreach (var line in RankingTable.Lines(outcomes, options.Seed))
            Console.WriteLine(line);
        return 0;
    }

    internal static Outcomes[] PlayAll(Trial trial, IReadOnlyList<Func<Contestant>> contestants)
    {
        var outcomes = new Outcomes[contestants.Count];
        AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
        {
            var task = progress.AddTask("playing", maxValue: (double)trial.Attempts.Count * contestants.Count);
            // Each contestant sees everything in order; among them there is none.
            Parallel.For(0, contestants.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
                outcomes[index] = trial.Play(contestants[index](), played => task.Increment(played)));
        });
        return outcomes;
    }
}
