using AuthService.Ecv.Signals;
using AuthService.RiskLab.Attackers;
using AuthService.RiskLab.Logins;
using AuthService.RiskLab.Population;
using AuthService.RiskLab.Trials;

namespace AuthService.RiskLab.Tests.Attackers;

public class AttackerTests
{
    private static readonly Victim[] Victims = SomeVictims();

    [Fact]
    public void Each_class_has_a_name_of_its_own() => Attacker.All.Select(attacker => attacker.Name).ShouldBeUnique();

    [Fact]
    public void The_engine_accepts_what_attackers_send()
    {
        foreach (var (attacker, attempt) in Victims.SelectMany(victim => Attacker.All.Select(attacker => (attacker, Try(attacker, victim)))))
            SignalParser.TryParse(attempt.Signals, out _, out var violations).ShouldBeTrue($"{attacker.Name}: {string.Join("; ", violations)}");
    }

    [Fact]
    public void Nobody_but_malware_and_who_holds_a_trusted_certificate_has_the_key()
    {
        var signers = Attacker.All.Where(attacker => Victims.Any(victim => Try(attacker, victim).Key is not null)).Select(attacker => attacker.Name);

        signers.ShouldBe(["in the middle, trusted certificate", "malware on the device"]);
    }

    [Fact]
    public void A_replayed_profile_claims_what_was_stolen_from_a_network_that_is_not_the_owners()
    {
        foreach (var victim in Victims)
        {
            var attempt = Try(new ProfileReplay(), victim);
            attempt.Signals.ShouldBe(victim.Last.Signals);
            attempt.Origin.Asn.ShouldNotBe(victim.Person.Home.Isp.Asn);
        }
    }

    [Fact]
    public void The_insider_is_on_the_owners_own_line()
    {
        foreach (var victim in Victims.Where(victim => victim.Person.Home.Isp.Class == NetworkClass.Fixed))
        {
            var dice = Dice.Of(1, "line");
            Try(new InsiderAtHome(), victim).Origin.Peer.ShouldBe(victim.Person.Home.Line(victim.World.Seed, victim.Day, ref dice).Peer);
        }
    }

    [Fact]
    public void Stuffing_fails_on_others_first()
    {
        var victim = Victims[0];
        var attempt = Try(new CredentialStuffing(), victim);

        foreach (var before in new CredentialStuffing().Before(victim, attempt))
            (before.User == attempt.User, before.Successful, before.Origin.Peer, before.Time < attempt.Time).ShouldBe((false, false, attempt.Origin.Peer, true));
    }

    private static LabLogin Try(Attacker attacker, Victim victim)
    {
        var dice = Dice.Of(7, "try", victim.Person.Id);
        return attacker.Attempt(victim, ref dice);
    }

    private static Victim[] SomeVictims()
    {
        var trial = Trial.Create(new PopulationOptions { Crowd = 60, Panel = 60 });
        return [.. trial.Attempts.Where(attempt => attempt.Kind == AttemptKind.Attack).Take(80).Select(attack => new Victim(
            trial.Life, trial.People[attack.Person],
            trial.LoginOf(trial.Attempts.Last(own => own.Kind == AttemptKind.Login && own.Person == attack.Person && own.Ticks <= attack.Ticks)),
            trial.LoginOf(attack)))];
    }
}
