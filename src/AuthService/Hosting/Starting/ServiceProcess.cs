using System.Diagnostics.CodeAnalysis;

namespace AuthService.Hosting.Starting;

/// <summary>The life of the process: from the command line to the exit code.</summary>
internal static class ServiceProcess
{
    [SuppressMessage("Design", "CA1031", Justification = "Whatever stops the start is told in words.")]
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains(Probe.Switch, StringComparer.Ordinal))
            return await Probe.RunAsync([.. args.Where(arg => arg != Probe.Switch)]);

        WebApplication? app = null;
        var started = false;
        try
        {
            IReadOnlyList<Type> optionTypes = [];
            app = AuthServiceApplication.Build(args, builder => optionTypes = OptionsProblems.TypesIn(builder.Services));
            var problems = OptionsProblems.In(app.Services, optionTypes);
            if (problems.Count > 0)
                return StartFailure.Report(Console.Error, problems, StartFailure.BadConfiguration);

            app.Lifetime.ApplicationStarted.Register(() =>
            {
                started = true;
                Announcement.Write(app);
            });
            await app.RunAsync();
            return 0;
        }
        catch (Exception fault) when (!started)
        {
            return StartFailure.Report(Console.Error, StartFailure.Describe(fault), StartFailure.Failed);
        }
        finally
        {
            if (app is not null)
                await app.DisposeAsync();
        }
    }
}
