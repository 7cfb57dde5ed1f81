using System.CommandLine;
using AuthService.RiskLab.Commands;

var root = RunCommand.AsRoot("Measures how well surroundings tell owners from attackers, beside what others have published.");
return await root.Parse(args).InvokeAsync();
