using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Attackers;

/// <summary>Stolen profiles are for sale, with a browser that replays them (Campobasso and Allodi, CCS 2020).</summary>
internal sealed class ProfileReplay : Attacker
{
    public override string Name => "profile replay";

    public override string Knows => "Everything that the last login claimed, word for word. Comes from a line or VPN in the country.";

    public override LabLogin Attempt(Victim victim, ref Dice dice) => victim.Last with
    {
        Time = victim.Next.Time,
        Origin = (dice.Chance(0.5) ? victim.World.VpnExit(victim.Country, ref dice) : victim.World.SomebodysLine(victim.Country, ref dice))
            with { RoundTrip = Population.Life.RoundTrip(ref dice) },
        Key = null,
        Thing = null,
        Completed = false,
        FromAttackAddress = true,
    };
}
