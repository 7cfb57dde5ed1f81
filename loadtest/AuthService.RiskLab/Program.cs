using System.CommandLine;
using AuthService.RiskLab.Commands;

var root = RunCommand.AsRoot("Measures how well surroundings tell owners from attackers, beside what others have published.");
root.Add(ScoreCommand.Create());
root.Add(GenerateCommand.Create());
return await root.Parse(args).InvokeAsync();
