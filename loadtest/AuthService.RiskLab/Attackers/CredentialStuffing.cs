using AuthService.RiskLab.Logins;
using AuthService.RiskLab.Population;

namespace AuthService.RiskLab.Attackers;

/// <summary>One network, a list of leaked passwords, one after the other. For this victim the password still holds.</summary>
internal sealed class CredentialStuffing : Attacker
{
    private const double MeanTries = 60;

    public override string Name => "credential stuffing";

    public override string Knows => "Leaked passwords of many. Tries one account after the other from one network; all but this one failed.";

    public override LabLogin Attempt(Victim victim, ref Dice dice)
    {
        var origin = dice.Chance(0.5)
            ? victim.World.HostedServer(ref dice)
            : victim.World.SomebodysLine(dice.Chance(0.3) ? victim.Country : victim.World.PickCountry(ref dice), ref dice);
        return victim.Blank(origin, victim.OwnThing(DeviceModel.Pick(DeviceModel.Computers, ref dice), ref dice), ref dice);
    }

    public override IEnumerable<LabLogin> Before(Victim victim, LabLogin attempt)
    {
        var dice = Dice.Of(victim.World.Seed, "stuffing", victim.Person.Id, attempt.Time.Ticks);
        var tries = (int)dice.Exponential(MeanTries);
        for (var at = tries; at > 0; at--)
        {
            yield return attempt with
            {
                User = $"x{dice.Below(int.MaxValue)}",
                Time = attempt.Time.AddSeconds(-20 * at),
                Successful = false,
            };
        }
    }
}
