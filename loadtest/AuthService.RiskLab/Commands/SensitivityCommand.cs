using System.CommandLine;
using AuthService.RiskLab.Population;
using AuthService.RiskLab.Reports;
using AuthService.RiskLab.Trials;

namespace AuthService.RiskLab.Commands;

/// <summary>How the table moves with what the lab assumes: one share at a time, everything else as it is.</summary>
internal static class SensitivityCommand
{
    private static readonly Option<int> Crowd = new("--crowd") { Description = "People whose logins follow the RBA data set.", DefaultValueFactory = _ => 1_500 };
    private static readonly Option<int> Panel = new("--panel") { Description = "People with long histories.", DefaultValueFactory = _ => 300 };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "The same seed gives the same table.", DefaultValueFactory = _ => new PopulationOptions().Seed };

    private static readonly (string Name, Func<PopulationOptions, PopulationOptions> Change)[] Variants =
    [
        ("as in the default run", options => options),
        ("keys: half of the people", options => options with { Keys = 0.5 }),
        ("keys: four in five", options => options with { Keys = 0.8 }),
        ("VPN: nobody", options => options with { Vpn = 0 }),
        ("VPN: one in four", options => options with { Vpn = 0.25 }),
        ("mobile data beside Wi-Fi: 5 %", options => options with { Mobile = 0.05 }),
        ("mobile data beside Wi-Fi: 50 %", options => options with { Mobile = 0.5 }),
        ("trips: none", options => options with { Trips = 0 }),
        ("trips: eight a year", options => options with { Trips = 8 }),
        ("attackers: a quarter guess right", options => options with { AttackerLuck = 0.25 }),
        ("attackers: half guess right", options => options with { AttackerLuck = 0.5 }),
        ("another seed", options => options with { Seed = options.Seed + 1 }),
    ];

    public static Command Create()
    {
        var command = new Command("sensitivity", "Repeats a small run with one assumption changed at a time.") { Crowd, Panel, Seed };
        command.SetAction(arguments => Run(new PopulationOptions
        {
            Crowd = arguments.GetValue(Crowd), Panel = arguments.GetValue(Panel), Seed = arguments.GetValue(Seed),
        }));
        return command;
    }

    private static int Run(PopulationOptions options)
    {
        foreach (var line in SensitivityTable.Head(options))
            Console.WriteLine(line);
        foreach (var (name, change) in Variants)
        {
            var changed = change(options);
            var contestants = RunCommand.Contestants(changed.Seed);
            Console.Error.WriteLine(name);
            var (outcomes, _) = RunCommand.PlayAll(Trial.Create(changed), [contestants[0], contestants[1], contestants[3], contestants[4]], []);
            Console.WriteLine(SensitivityTable.Line(name, keyless: outcomes[0], keyed: outcomes[1], columns: outcomes[2], freeman: outcomes[3]));
        }

        return 0;
    }
}
