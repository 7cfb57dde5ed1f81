using AuthService.Ecv.Signals;
using AuthService.RiskLab.Logins;
using AuthService.RiskLab.Population;

namespace AuthService.RiskLab.Attackers;

/// <summary>Wiefling's VPN attacker: knows the country.</summary>
internal sealed class VpnInCountry : Attacker
{
    public override string Name => "VPN in the country";

    public override string Knows => "The country. Comes out of a VPN there, with a popular phone and the country's language.";

    public override LabLogin Attempt(Victim victim, ref Dice dice)
    {
        var thing = victim.OwnThing(DeviceModel.Pick(DeviceModel.Phones, ref dice), ref dice);
        var attempt = victim.Blank(victim.World.VpnExit(victim.Country, ref dice), thing, ref dice);
        return attempt with
        {
            Signals = attempt.Signals with
            {
                Location = new RawLocationSignals { CountryCode = victim.Country.Code, Language = victim.Country.Language },
            },
        };
    }
}
