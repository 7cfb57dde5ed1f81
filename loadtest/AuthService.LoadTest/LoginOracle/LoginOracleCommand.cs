using System.CommandLine;
using AuthService.LoadTest.Statistics;
using Spectre.Console;
using AuthService.LoadTest.Subject;

namespace AuthService.LoadTest.LoginOracle;

/// <summary>Whether the answer to a wrong password, or the time it takes, tells that there is such an account.</summary>
internal static class LoginOracleCommand
{
    private const int WarmUp = 30;

    /// <summary>As many surroundings as a profile holds of a kind.</summary>
    private const int FullProfile = 20;

    /// <summary>How often people have logged in: median 2, nine in ten at most 9 (Wiefling et al. 2022, whose 3.3 million are anybody's).</summary>
    private static readonly int[] Logins = [0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 5, 6, 8, 9, 13];

    /// <summary>Where Linux keeps files in memory: a disk's moods are noise. Both sides write the same, so nothing is hidden by it.</summary>
    private static readonly string Memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    /// <summary>Few enough that each is tried often, many enough that a second passes in between.</summary>
    private const int MostRegulars = 40;

    private static readonly Option<int> Pairs = new("--pairs")
    {
        Description = "Pairs per trial. 1,000 tell 100 µs apart on a quiet machine; 1 to 2,000.", DefaultValueFactory = _ => 1_000,
    };

    private static readonly Option<int> Injected = new("--inject")
    {
        Description = "The delay that must be found, in µs: 1 to 999.", DefaultValueFactory = _ => 100,
    };

    private static readonly Option<bool> FullProfiles = new("--full-profiles")
    {
        Description = "The worst case: those who are tried again and again have profiles as full as they get.",
    };

    private static readonly Option<ulong> Seed = new("--seed") { Description = "Of the order of tries.", DefaultValueFactory = _ => 20261123 };

    static LoginOracleCommand()
    {
        Pairs.Validators.Add(result => Bound(result, 1, 2_000));
        Injected.Validators.Add(result => Bound(result, 1, 999));
    }

    public static Command Create()
    {
        var command = new Command("login-oracle", "Login of known and unknown identifiers: can they be told apart? Exits with 1 if so.")
        {
            Pairs, Injected, FullProfiles, Seed,
        };
        command.SetAction((arguments, _) => RunAsync(
            arguments.GetValue(Pairs), arguments.GetValue(Injected), arguments.GetValue(FullProfiles), arguments.GetValue(Seed)));
        return command;
    }

    private static async Task<int> RunAsync(int pairs, int injected, bool fullProfiles, ulong seed)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 160);
        var data = Directory.CreateDirectory(Path.Combine(Memory, $"authservice-login-oracle-{Environment.ProcessId}")).FullName;
        try
        {
            AnsiConsole.WriteLine($"{pairs} pairs a trial, seed {seed}. Signing up {pairs} people …");
            await using (var service = await OwnService.StartAsync(data))
            {
                await Population.SignUpAllAsync(service, Enumerable.Range(0, pairs));
                await Population.SettleAllAsync(service, Enumerable.Range(0, MostRegulars).Take(pairs)
                    .Select(regular => (Regular(regular), fullProfiles ? FullProfile : Logins[regular % Logins.Length])));
            }

            var random = new SeededRandom(seed);
            var first = await FirstTriesAsync(data, pairs, injected, random);
            var again = await TriesAgainAsync(data, pairs, injected, random);
            return first && again ? 0 : 1;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Each identifier once, on a service that has just started: what somebody does who has a list of addresses.</summary>
    private static async Task<bool> FirstTriesAsync(string data, int pairs, int injected, SeededRandom random)
    {
        await using var service = await OwnService.StartAsync(data);
        using var hashes = new HashTimes();
        var trial = new Trial(new Probe(service, hashes), random, injected);
        for (var block = 0; block < WarmUp; block++)
            await trial.BlockAsync(Regular(block % Math.Min(pairs, MostRegulars)), isCounted: false);
        for (var block = 0; block < pairs; block++)
            await trial.BlockAsync(block);
        return Report.Write("Each identifier once, after a start", trial, injected, random);
    }

    /// <summary>The same few again and again: what somebody does who wants to be sure.</summary>
    private static async Task<bool> TriesAgainAsync(string data, int pairs, int injected, SeededRandom random)
    {
        await using var service = await OwnService.StartAsync(data);
        using var hashes = new HashTimes();
        var trial = new Trial(new Probe(service, hashes), random, injected);
        for (var block = 0; block < WarmUp; block++)
            await trial.BlockAsync(Regular(block % Math.Min(pairs, MostRegulars)), isCounted: false);
        for (var block = 0; block < pairs; block++)
            await trial.BlockAsync(Regular(block % Math.Min(pairs, MostRegulars)));
        return Report.Write("The same identifiers again and again", trial, injected, random);
    }

    /// <summary>Numbers of people apart from those who are tried once.</summary>
    private static int Regular(int number) => 10_000 + number;

    private static void Bound(System.CommandLine.Parsing.OptionResult result, int least, int most)
    {
        if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            result.AddError($"{result.Option.Name} must be {least} to {most}.");
    }
}
