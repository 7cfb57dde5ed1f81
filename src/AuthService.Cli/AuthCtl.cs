using System.CommandLine;
using AuthService.Cli.Commands;

namespace AuthService.Cli;

/// <summary>The operators' command line, put together.</summary>
public static class AuthCtl
{
    public static RootCommand Root { get; } = new("Operates AuthService: a running one by its RPCs, and the data folder of one that is down.")
    {
        GlobalOptions.Address,
        GlobalOptions.Token,
        GlobalOptions.TokenFile,
        GlobalOptions.Json,
        DoctorCommand.Create(),
        AccountsCommand.Create(),
        SessionsCommand.Create(),
        ServicesCommand.Create(),
        KeysCommand.Create(),
        DatabaseCommand.Create(),
        RiskCommand.Create(),
        DemoCommand.Create(),
    };
}
