using System.CommandLine;
using AuthService.RiskLab.Attackers;
using AuthService.RiskLab.Files;
using AuthService.RiskLab.Logins;
using AuthService.RiskLab.Population;
using AuthService.RiskLab.Reports;
using AuthService.RiskLab.Trials;

namespace AuthService.RiskLab.Commands;

/// <summary>Writes a generated population in the data set's format, and says how its marginals compare.</summary>
internal static class GenerateCommand
{
    private static readonly Option<FileInfo> Csv = new("--csv") { Description = "Where the rows go.", Required = true };
    private static readonly Option<int> Crowd = new("--crowd") { Description = "People whose logins follow the data set.", DefaultValueFactory = _ => 20_000 };
    private static readonly Option<int> Panel = new("--panel") { Description = "People with long histories besides.", DefaultValueFactory = _ => 0 };
    private static readonly Option<double> Takeovers = new("--takeovers") { Description = "Successful attacks per honest login.", DefaultValueFactory = _ => 0.001 };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "The same seed writes the same file.", DefaultValueFactory = _ => 20260203 };

    public static Command Create()
    {
        var command = new Command("generate", "Writes a file of the RBA data set's format.") { Csv, Crowd, Panel, Takeovers, Seed };
        command.SetAction(arguments => Run(arguments.GetValue(Csv)!, arguments.GetValue(Takeovers), new PopulationOptions
        {
            Crowd = arguments.GetValue(Crowd), Panel = arguments.GetValue(Panel), Seed = arguments.GetValue(Seed),
        }));
        return command;
    }

    private static int Run(FileInfo file, double takeovers, PopulationOptions options)
    {
        var trial = Trial.Create(options);
        using var text = new StreamWriter(file.Create(), bufferSize: 1 << 16);
        var writer = new RbaWriter(text);
        var marginals = new Marginals();
        writer.WriteHeader();
        foreach (var (login, isTakeover) in WithTakeovers(trial, takeovers))
        {
            writer.Write(login, isTakeover);
            marginals.Add(login);
        }

        foreach (var line in marginals.Lines())
            Console.WriteLine(line);
        return 0;
    }

    private static IEnumerable<(LabLogin Login, bool IsTakeover)> WithTakeovers(Trial trial, double takeovers)
    {
        var last = new Dictionary<string, LabLogin>(StringComparer.Ordinal);
        foreach (var attempt in trial.Attempts.Where(attempt => attempt.Kind != AttemptKind.Attack))
        {
            var login = trial.LoginOf(attempt);
            var dice = Dice.Of(trial.Life.Options.Seed, "takeover", attempt.Person, attempt.Ticks);
            if (login.Successful && last.TryGetValue(login.User, out var before) && dice.Chance(takeovers))
            {
                var attack = dice.Pick(Attacker.All.Where(attacker => attacker.HasGoal).ToArray())
                    .Attempt(new Victim(trial.Life, trial.People[attempt.Person], before, login), ref dice);
                yield return (attack with { Time = login.Time }, true);
            }

            if (login.Successful)
                last[login.User] = login;
            yield return (login, false);
        }
    }
}
