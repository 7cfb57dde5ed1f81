namespace AuthService.Hosting.Starting;

/// <summary>The life of the process: from the command line to the exit code.</summary>
internal static class ServiceProcess
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains(Probe.Switch, StringComparer.Ordinal))
            return await Probe.RunAsync([.. args.Where(arg => arg != Probe.Switch)]);

        IReadOnlyList<Type> optionTypes = [];
        WebApplication app;
        try
        {
            app = AuthServiceApplication.Build(args, builder => optionTypes = OptionsProblems.TypesIn(builder.Services));
        }
        catch (Exception fault)
        {
            return StartFailure.Report(Console.Error, [.. StartFailure.Describe(fault).Distinct(StringComparer.Ordinal)], StartFailure.Failed);
        }

        await using (app)
        {
            var problems = OptionsProblems.In(app.Services, optionTypes);
            return problems.Count > 0
                ? StartFailure.Report(Console.Error, problems, StartFailure.BadConfiguration)
                : await ServeAsync(app);
        }
    }

    private static async Task<int> ServeAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception fault)
        {
            await StopWhatStartedAsync(app);
            return StartFailure.Report(Console.Error, [.. StartFailure.Describe(fault).Distinct(StringComparer.Ordinal)], StartFailure.Failed);
        }

        Announcement.Write(app);
        await app.WaitForShutdownAsync();

        // Whoever watches over this process must see that it did not end because it was asked to.
        return app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(part => part.ExecuteTask is { IsFaulted: true })
            ? StartFailure.Failed
            : 0;
    }

    private static async Task StopWhatStartedAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync();
        }
        catch (ArgumentNullException)
        {
            // A service that could not even be made leaves the host without a list of what to stop, and it trips over that.
        }
    }
}
