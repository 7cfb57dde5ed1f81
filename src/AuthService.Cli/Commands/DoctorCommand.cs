using System.CommandLine;
using AuthService.Cli.Connections;
using AuthService.Cli.Doctor;
using AuthService.Cli.Output;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl doctor</c>: looks at a deployment from its own machine. Changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var doctor = new Command("doctor", "Tells what is wrong with this machine's service, and what to do about it.")
        {
            StoppedService.Environment, StoppedService.Settings,
        };
        doctor.SetAction((parsed, cancellationToken) =>
        {
            var answer = new Answer(parsed);
            return answer.RunAsync(() => ExamineAsync(parsed, answer, cancellationToken));
        });
        return doctor;
    }

    private static async Task<int> ExamineAsync(ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        await using var service = StoppedService.Open(parsed);
        var findings = ConfigurationCheck.Run(service, TimeProvider.System).ToList();

        // The rest goes by the configuration: it says nothing while that is wrong.
        if (findings.TrueForAll(finding => finding.State != State.Wrong))
        {
            findings.AddRange(FilesCheck.Run(service));
            findings.AddRange(AddressSourcesCheck.Run(service, TimeProvider.System));
            findings.AddRange(await StoreCheck.RunAsync(service, TimeProvider.System, cancellationToken));
            findings.AddRange(await HealthCheck.RunAsync(service));
        }

        answer.WriteRows(
            ["of", "state", "what", "remedy"],
            [.. findings.Select(finding => (System.Text.Json.Nodes.JsonNode?[])
                [finding.Of, InWords(finding.State), finding.What, finding.Remedy.Length > 0 ? finding.Remedy : null])]);
        return findings.Exists(finding => finding.State == State.Wrong) ? ExitCodes.Refused : ExitCodes.Done;
    }

    private static string InWords(State state) => state switch
    {
        State.Fine => "fine",
        State.Doubtful => "doubtful",
        State.Wrong => "WRONG",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
