using System.CommandLine;
using AuthService.LoadTest.AuditAppend;
using AuthService.LoadTest.Baselines;
using AuthService.LoadTest.ColdStart;
using AuthService.LoadTest.Growth;
using AuthService.LoadTest.LoginOracle;
using AuthService.LoadTest.Scenarios;

var root = new RootCommand("Measures what AuthService promises, each with its baseline in the same run.")
{
    LoadCommand.Create(),
    AuditAppendCommand.Create(),
    ColdStartCommand.Create(),
    GrowthCommand.Create(),
    LoginOracleCommand.Create(),
    BareCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
