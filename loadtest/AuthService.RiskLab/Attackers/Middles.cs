using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Attackers;

/// <summary>
/// A phishing page that passes on what the victim's app says, while the victim says it. The app signs the certificate that it
/// saw, which is not the service's: such a proof is refused before anything is judged. So he leaves it out, and stays with a
/// challenge that was issued to the victim's network.
/// </summary>
internal sealed class MiddleWithOwnCertificate : Attacker
{
    public override string Name => "in the middle, own certificate";

    public override string Knows => "All that the victim's app says at this moment; no proof that would verify. Comes from a server or VPN in the country.";

    public override LabLogin Attempt(Victim victim, ref Dice dice) => victim.Next with
    {
        Origin = (dice.Chance(0.5) ? victim.World.HostedServer(ref dice) : victim.World.VpnExit(victim.Country, ref dice))
            with { RoundTrip = victim.Next.Origin.RoundTrip is { } own ? own + TimeSpan.FromMilliseconds(40 + dice.Exponential(200)) : null },
        Key = null,
        Thing = null,
        Relayed = true,
        Completed = false,
        FromAttackAddress = true,
    };
}

/// <summary>
/// The same with a certificate that the operator himself lists, as for a TLS proxy in front of the service: then the proof
/// verifies, and all that is left to see is the network. No goal: who holds the proxy holds the session anyway.
/// </summary>
internal sealed class MiddleWithTrustedCertificate : Attacker
{
    public override string Name => "in the middle, trusted certificate";

    public override string Knows => "All that the victim's app says at this moment, and its valid proof. Comes from a server or VPN in the country.";

    public override bool HasGoal => false;

    public override LabLogin Attempt(Victim victim, ref Dice dice) => new MiddleWithOwnCertificate().Attempt(victim, ref dice) with
    {
        Key = victim.Next.Key,
        Thing = victim.Next.Thing,
    };
}
