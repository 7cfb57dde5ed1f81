using AuthService.RiskLab.Logins;
using AuthService.RiskLab.Population;

namespace AuthService.RiskLab.Attackers;

/// <summary>Wiefling's naive attacker: from anywhere in the world, with any device.</summary>
internal sealed class Naive : Attacker
{
    public override string Name => "naive";

    public override string Knows => "The password. Comes from a rented server or anybody's line, anywhere, with a common computer.";

    public override LabLogin Attempt(Victim victim, ref Dice dice)
    {
        var country = victim.World.Countries[dice.Below(60)];
        var origin = dice.Chance(0.4) ? victim.World.HostedServer(ref dice) : victim.World.SomebodysLine(country, ref dice);
        var models = dice.Chance(0.5) ? DeviceModel.Computers : DeviceModel.Phones;
        return victim.Blank(origin, victim.OwnThing(DeviceModel.Pick(models, ref dice), ref dice), ref dice);
    }
}
