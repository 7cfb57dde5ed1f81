using System.CommandLine;
using System.Diagnostics;
using AuthService.LoadTest.Subject;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Postgres;
using AuthService.Storage.Sqlite;
using AuthService.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace AuthService.LoadTest.Growth;

/// <summary>What login, refresh and validation cost when there are more and more accounts, and what these take on disk.</summary>
internal static class GrowthCommand
{
    /// <summary>As often as the design's own example has logged in.</summary>
    private const int LoginsBefore = 12;

    private static readonly Option<string> StoreOption = new("--store") { Description = "sqlite or postgres.", DefaultValueFactory = _ => "sqlite" };

    private static readonly Option<long[]> Accounts = new("--accounts")
    {
        Description = "At how many accounts to measure, ascending.", DefaultValueFactory = _ => [10_000, 1_000_000], AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> People = new("--people") { Description = "Who log in and are measured.", DefaultValueFactory = _ => 100 };

    private static readonly Option<int> Rounds = new("--rounds") { Description = "How often each does.", DefaultValueFactory = _ => 5 };

    private static readonly Option<string?> Data = new("--data") { Description = "A folder with room for it. Default: a temporary one." };

    static GrowthCommand()
    {
        StoreOption.AcceptOnlyFromAmong("sqlite", "postgres");
        Accounts.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long[]>() is not { Length: > 0 } steps || !steps.SequenceEqual(steps.Order()) || steps[0] < 1000)
                result.AddError("--accounts must be ascending, and 1,000 at least.");
        });
    }

    public static Command Create()
    {
        var command = new Command("growth", "Fills a database with accounts, and measures at each size what a call waits for it.") { StoreOption, Accounts, People, Rounds, Data };
        command.SetAction((arguments, _) => RunAsync(arguments));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 160);
        var data = Directory.CreateDirectory(Path.Combine(arguments.GetValue(Data) ?? Path.GetTempPath(), $"authservice-growth-{Environment.ProcessId}")).FullName;
        try
        {
            await using IGrowingStore store = arguments.GetValue(StoreOption) == "postgres" ? await PostgresGrowth.StartAsync() : new SqliteGrowth(data);
            var (people, rounds) = (arguments.GetValue(People), arguments.GetValue(Rounds));
            var tokens = await SettleAsync(store, data, people);
            var steps = new List<Step>();
            var there = (long)people;
            foreach (var accounts in arguments.GetRequiredValue(Accounts))
            {
                var started = Stopwatch.GetTimestamp();
                var template = tokens[0].AccountId;
                await store.CloneAsync(template, there, accounts - there);
                await store.SettleAsync();
                there = accounts;
                var step = new Step(accounts, await store.BytesAsync(), await store.TablesAsync());
                AnsiConsole.WriteLine($"{accounts:N0} accounts, filled in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s. Measuring …");
                await MeasureAsync(store, data, tokens, rounds, step);
                steps.Add(step);
            }

            GrowthReport.Write(arguments.GetValue(StoreOption)!, steps, people, rounds);
            return 0;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Those who are measured, as the service itself made them: one home, some logins, a profile to match.</summary>
    private static async Task<Session[]> SettleAsync(IGrowingStore store, string data, int people)
    {
        AnsiConsole.WriteLine($"{people} people sign up and log in {LoginsBefore} times …");
        await using var service = await OwnService.StartAsync(data, store.Settings);
        var sessions = new Session[people];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, people),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (number, _) => sessions[number] = await Population.SettleAtHomeAsync(service, number, LoginsBefore));
        return sessions;
    }

    /// <summary>One call at a time, so that what the database was waited for is that call's.</summary>
    private static async Task MeasureAsync(IGrowingStore store, string data, Session[] people, int rounds, Step step)
    {
        var time = new StoreTime();
        await using var service = await OwnService.StartAsync(data, store.Settings, services => Intercept(services, time));
        var sessions = new SessionService.SessionServiceClient(service.Channel);
        var asService = new Metadata { { "authorization", $"Bearer {(await File.ReadAllTextAsync(Path.Combine(data, "bootstrap", "service.token"))).Trim()}" } };

        for (var round = 0; round <= rounds; round++)
        {
            for (var number = 0; number < people.Length; number++)
            {
                var (at, isCounted) = (number, round > 0); // the first time around warms caches up, the database's too
                await MeasureAsync(isCounted ? step.Baseline : null, store.CommitAsync);
                await MeasureAsync(isCounted ? step.Login : null, async () => people[at] = await Population.LogInAsync(service, at, people[at].DeviceToken));
                await MeasureAsync(isCounted ? step.Refresh : null, async () => people[at] = Keep(people[at], (await sessions.RefreshSessionAsync(
                    new RefreshSessionRequest { RefreshToken = people[at].RefreshToken }, Population.From(at))).Session));
            }
        }

        step.Slowest = time.Slowest(5);

        // A replica that starts knows no session.
        await using var other = await OwnService.StartAsync(data, store.Settings, services => Intercept(services, time));
        sessions = new SessionService.SessionServiceClient(other.Channel);
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var session in people)
                await MeasureAsync(round == 0 ? step.FirstValidation : step.Validation, async () =>
                {
                    var answer = await sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = session.AccessToken }, asService);
                    if (!answer.Active)
                        throw new InvalidOperationException($"A session that was just opened is not good: {answer.Reason}");
                });
        }

        async Task MeasureAsync(Sample? sample, Func<Task> call)
        {
            time.Take();
            var started = Stopwatch.GetTimestamp();
            await call();
            sample?.Add(Stopwatch.GetElapsedTime(started), time.Take());
        }
    }

    /// <summary>A refresh gives no new device token.</summary>
    private static Session Keep(Session before, Session refreshed)
    {
        if (refreshed.DeviceToken.Length == 0)
            refreshed.DeviceToken = before.DeviceToken;
        return refreshed;
    }

    private static void Intercept(IServiceCollection services, StoreTime time) => services
        .ConfigureDbContext<SqliteAuthDbContext>(options => options.AddInterceptors(time))
        .ConfigureDbContext<PostgresAuthDbContext>(options => options.AddInterceptors(time))
        .ConfigureDbContext<SqliteAccountKeysDbContext>(options => options.AddInterceptors(time))
        .ConfigureDbContext<PostgresAccountKeysDbContext>(options => options.AddInterceptors(time));
}
