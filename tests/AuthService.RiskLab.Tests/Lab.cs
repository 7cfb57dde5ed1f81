using System.Net;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.RiskLab.Contestants;
using AuthService.RiskLab.Contestants.Engine;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Tests;

/// <summary>Logins that are easy to reckon with.</summary>
internal static class Lab
{
    public static readonly DateTimeOffset Start = new(2024, 3, 4, 18, 0, 0, TimeSpan.Zero);

    public static LabLogin Login(
        string user = "anna", string peer = "198.51.100.7", uint asn = 64_500, string country = "NO", string city = "Oslo", string agent = "A 1",
        double day = 0) => new()
    {
        User = user,
        Time = Start.AddDays(day),
        Origin = new Origin(IPAddress.Parse(peer), asn, country, NetworkClass.Fixed) { City = city },
        Agent = new UserAgent(agent, $"browser of {agent}", $"os of {agent}", "mobile"),
    };

    public static EngineContestant Engine(bool keys = false, bool columnsOnly = true) =>
        new(new EngineOptions { Name = "engine", Keys = keys, ColumnsOnly = columnsOnly }, RiskPolicy.Default);

    public static void Play(Contestant contestant, params IEnumerable<LabLogin> logins)
    {
        foreach (var login in logins)
            contestant.Learn(login, contestant.Judge(login));
    }
}
