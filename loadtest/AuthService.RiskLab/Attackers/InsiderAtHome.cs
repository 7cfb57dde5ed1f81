using AuthService.Ecv.Signals;
using AuthService.RiskLab.Logins;
using AuthService.RiskLab.Population;

namespace AuthService.RiskLab.Attackers;

/// <summary>Who lives with the victim, or visits: on the same Wi-Fi, with a phone of his own.</summary>
internal sealed class InsiderAtHome : Attacker
{
    public override string Name => "insider at home";

    public override string Knows => "Everything but the device: on the victim's own Wi-Fi, with another phone.";

    public override bool HasGoal => false;

    public override LabLogin Attempt(Victim victim, ref Dice dice)
    {
        var home = victim.Person.Home;
        var thing = victim.OwnThing(DeviceModel.Pick(DeviceModel.Phones, ref dice), ref dice);
        var attempt = victim.Blank(home.Line(victim.World.Seed, victim.Day, ref dice), thing, ref dice);
        var isAndroid = thing.Model.Os == "Android";
        return attempt with
        {
            Signals = attempt.Signals with
            {
                Wifi = home.Wifi.Seen(victim.Day, isAndroid, isAndroid, ref dice),
                Location = new RawLocationSignals
                {
                    CountryCode = victim.Country.Code,
                    CityCode = home.City.Code,
                    Latitude = home.Fix.Latitude,
                    Longitude = home.Fix.Longitude,
                    AccuracyM = 20,
                    Language = victim.Person.Language,
                },
            },
        };
    }
}
