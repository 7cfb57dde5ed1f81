using AuthService.Ecv.Signals;
using AuthService.RiskLab.Logins;
using AuthService.RiskLab.Population;

namespace AuthService.RiskLab.Attackers;

/// <summary>
/// Wiefling's targeted attacker: knows the city and what phones people have there. He claims what he knows and leaves out what
/// he would have to invent, since what is absent counts for nothing.
/// </summary>
internal sealed class Targeted : Attacker
{
    public override string Name => "targeted";

    public override string Knows => "City, language, and the phone if it is a popular one. Comes from a line in that city; says nothing of what he does not know.";

    public override LabLogin Attempt(Victim victim, ref Dice dice)
    {
        var (city, phone) = (victim.Person.Home.City, victim.Person.PhoneOn(victim.Day).Model);
        var isp = Country.PickIsp(victim.Country.Fixed, ref dice);
        var model = phone.IsPopular ? phone : DeviceModel.Phones.MaxBy(other => other.Weight)!;
        var attempt = victim.Blank(isp.Line(city, victim.World.Seed, dice.Below(int.MaxValue), 0), victim.OwnThing(model, ref dice), ref dice);
        return attempt with
        {
            Signals = attempt.Signals with
            {
                Location = new RawLocationSignals { CountryCode = victim.Country.Code, CityCode = city.Code, Language = victim.Person.Language },
            },
        };
    }
}
