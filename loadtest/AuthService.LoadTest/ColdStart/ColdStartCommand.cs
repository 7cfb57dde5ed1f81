using System.CommandLine;
using AuthService.LoadTest.Baselines;
using AuthService.LoadTest.Commands;
using AuthService.LoadTest.Subject;
using Spectre.Console;

namespace AuthService.LoadTest.ColdStart;

/// <summary>How long after its start the service answers, as operators get it, and what it holds in memory when nobody calls.</summary>
internal static class ColdStartCommand
{
    private const int People = 10;

    private static readonly Option<int> Starts = CommandOptions.Number("--starts", "Of each server, after one that is not counted", 10, 1, 100);

    private static readonly Option<int> Idle = CommandOptions.Number("--idle", "Seconds from the last call until the memory is read", 10, 1, 120);

    private static readonly Option<string?> App = new("--app")
    {
        Description = "A folder with a service that is published already. Default: publishes it now, as the Dockerfile does.",
    };

    private static readonly Option<string?> Json = CommandOptions.Json();

    private static readonly Option<string?> Table = CommandOptions.Table();

    static ColdStartCommand() => App.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string?>() is { } folder && !File.Exists(Path.Combine(folder, "AuthService.dll")))
            result.AddError($"--app: there is no AuthService.dll in '{folder}'.");
    });

    public static Command Create()
    {
        var command = new Command(
            "cold-start", "Starts the published service again and again: when it answers, and its memory when idle. Exits with 1 if that is more than promised.")
        {
            Starts, Idle, App, Json, Table,
        };
        command.SetAction((arguments, _) => RunAsync(arguments));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments)
    {
        var (starts, idle, app) = (arguments.GetValue(Starts), TimeSpan.FromSeconds(arguments.GetValue(Idle)), arguments.GetValue(App));
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 160);
        AnsiConsole.WriteLine("Publishing …");
        app = app is null ? await Publication.PublishAsync("src/AuthService", "service") : Path.GetFullPath(app);
        var bare = await Publication.PublishAsync("loadtest/AuthService.LoadTest", "bare");

        AnsiConsole.WriteLine($"{People} people sign up and log in …");
        using var deployment = await Deployment.MakeAsync(People);
        List<Visit> ofService = [], ofBare = [];
        for (var start = 0; start <= starts; start++)
        {
            var number = start % People;
            await using (var server = StartService(app, deployment))
            {
                var (visit, session) = await Visit.MakeAsync(server, deployment, number, idle);
                deployment.Keep(number, session);
                ofService.Add(visit);
            }

            await using (var server = StartBare(bare, app))
                ofBare.Add((await Visit.MakeAsync(server, deployment, number, idle)).Visit);
        }

        // The first start of each reads its files from the disk, and warms up the caller as well.
        var figures = Figure.Of(ofService[1..], ofBare[1..]);
        ColdStartReport.Write(figures, starts, idle);
        await CommandOptions.WriteAsync(arguments.GetValue(Json), figures);
        await CommandOptions.WriteTableAsync(arguments.GetValue(Table), figures.Select(figure => figure.Finding));
        return figures.All(figure => figure.IsKept) ? 0 : 1;
    }

    /// <summary>As the image's entry point does.</summary>
    private static ServerProcess StartService(string app, Deployment deployment) => ServerProcess.Start(
        app, deployment.Settings, port => ["AuthService.dll", "--Serving:WebPort=0", $"--Serving:GrpcPort={port}"]);

    /// <summary>On the service's own settings of the runtime, so that what is compared is what runs on it.</summary>
    private static ServerProcess StartBare(string bare, string app) => ServerProcess.Start(
        bare,
        new Dictionary<string, string?>(),
        port => ["exec", "--runtimeconfig", Path.Combine(app, "AuthService.runtimeconfig.json"), "AuthService.LoadTest.dll", BareCommand.Name, "--port", port]);
}
