using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting.Starting;

/// <summary>Says why the service did not start: each problem on a line, in words, without a stack.</summary>
internal static partial class StartFailure
{
    /// <summary><c>EX_CONFIG</c> of sysexits.h: a restart will not help, a change of configuration will.</summary>
    public const int BadConfiguration = 78;

    public const int Failed = 1;

    public static int Report(TextWriter output, IReadOnlyList<string> problems, int exitCode)
    {
        output.WriteLine("AuthService cannot start:");
        foreach (var problem in problems)
            output.WriteLine($"  - {problem}");
        if (exitCode == BadConfiguration)
            output.WriteLine("Settings come from appsettings.json, environment variables (Serving__GrpcPort) and the command line; see docs/operations.md.");
        return exitCode;
    }

    public static IReadOnlyList<string> Describe(Exception fault) => fault switch
    {
        OptionsValidationException invalid => [.. invalid.Failures.Select(InWords)],
        AggregateException several => [.. several.InnerExceptions.SelectMany(Describe)],
        // What does not bind. Its cause says the same once more.
        InvalidOperationException { InnerException: FormatException or ArgumentException } => [fault.Message],
        { InnerException: { } cause } when !fault.Message.Contains(cause.Message, StringComparison.Ordinal) =>
            [$"{fault.Message.TrimEnd('.')}: {string.Join(" ", Describe(cause))}"],
        _ => [fault.Message],
    };

    /// <summary>What data annotations say, less the ceremony around it.</summary>
    private static string InWords(string failure) =>
        Annotation().Match(failure) is { Success: true } match ? $"{match.Groups["options"]}:{match.Groups["member"]}: {match.Groups["error"]}" : failure;

    [GeneratedRegex("^DataAnnotation validation failed for '(?<options>.*?)(Options)?' members: '(?<member>.*)' with the error: '(?<error>.*)'\\.$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Annotation();
}
