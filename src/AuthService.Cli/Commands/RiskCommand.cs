using System.CommandLine;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl risk</c>: why a login was decided as it was, and by what the next ones are.</summary>
internal static class RiskCommand
{
    public static Command Create() => new("risk", "Explains verdicts, and looks after the risk policy.")
    {
        RiskExplainCommand.Create(), RiskFitCommand.Create(), RiskPolicyCommand.Create(),
    };
}
