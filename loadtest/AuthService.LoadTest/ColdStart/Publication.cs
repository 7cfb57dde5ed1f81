using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AuthService.LoadTest.ColdStart;

/// <summary>Publishes a project with the very switches that the Dockerfile publishes the service with.</summary>
internal static partial class Publication
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    /// <param name="project">Its folder, in the working copy.</param>
    /// <param name="name">Of the folder below <c>artifacts/cold-start</c> that it goes to, instead of what an earlier run left there.</param>
    /// <returns>That folder.</returns>
    public static async Task<string> PublishAsync(string project, string name)
    {
        var artifacts = Path.Combine(WorkingCopy.Root, "artifacts", "cold-start");
        var to = Path.Combine(artifacts, name);
        if (Directory.Exists(to))
            Directory.Delete(to, recursive: true);

        // Apart from what the working copy builds for itself, which has no particular machine in mind.
        string[] arguments =
        [
            "publish", Path.Combine(WorkingCopy.Root, project), .. Switches(), "-v", "quiet", "-nologo", "-p:RunAnalyzers=false",
            "--artifacts-path", Path.Combine(artifacts, "build"), "-o", to,
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, WorkingDirectory = WorkingCopy.Root })!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet publish {project} took more than {Patience.TotalMinutes} minutes.", late);
        }

        return process.ExitCode == 0 ? to : throw new InvalidOperationException($"dotnet publish {project} ended with {process.ExitCode}.");
    }

    /// <summary>All but where to, and that packages are there already.</summary>
    private static IEnumerable<string> Switches()
    {
        var command = Command().Match(File.ReadAllText(Path.Combine(WorkingCopy.Root, "Dockerfile")));
        if (!command.Success)
            throw new InvalidOperationException("The Dockerfile does not publish src/AuthService.");
        return command.Groups["switches"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part is not ("-o" or "/app" or "--no-restore"));
    }

    [GeneratedRegex(@"dotnet publish src/AuthService (?<switches>[^&\\\n]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Command();
}
