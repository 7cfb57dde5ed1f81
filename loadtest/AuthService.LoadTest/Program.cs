using System.CommandLine;
using AuthService.LoadTest.Growth;
using AuthService.LoadTest.LoginOracle;

var root = new RootCommand("Measures what AuthService promises, each with its baseline in the same run.") { GrowthCommand.Create(), LoginOracleCommand.Create() };
return await root.Parse(args).InvokeAsync();
