using AuthService.Ecv.Signals;
using AuthService.RiskLab.Logins;
using AuthService.RiskLab.Population;

namespace AuthService.RiskLab.Attackers;

/// <summary>Somebody who knows the victim: neighbour, colleague, former partner.</summary>
internal sealed class VeryTargeted : Attacker
{
    public override string Name => "very targeted";

    public override string Knows => "Home, its operator and mobile cell, model and system of the phone. Comes over the same operator, in the evening.";

    public override LabLogin Attempt(Victim victim, ref Dice dice)
    {
        var (person, home) = (victim.Person, victim.Person.Home);
        var phone = person.PhoneOn(victim.Day);
        var thing = victim.OwnThing(phone.Model, ref dice) with { UpdateDelay = phone.UpdateDelay };
        var attempt = victim.Blank(home.Isp.Line(home.City, victim.World.Seed, dice.Below(int.MaxValue), 0), thing, ref dice);
        var near = home.Fix.Moved(0.1 * dice.Normal(), 0.1 * dice.Normal(), 30);
        return attempt with
        {
            Signals = attempt.Signals with
            {
                Location = new RawLocationSignals
                {
                    CountryCode = victim.Country.Code,
                    CityCode = home.City.Code,
                    MccMnc = $"{victim.Country.Mcc}-{person.Carrier.Mnc}",
                    CellId = home.Cell(victim.World.Seed, person.Carrier, ref dice),
                    Latitude = near.Latitude,
                    Longitude = near.Longitude,
                    AccuracyM = 30,
                    Language = person.Language,
                },
            },
        };
    }
}
