using AuthService.Ecv.Signals;
using AuthService.RiskLab.Logins;
using AuthService.RiskLab.Population;

namespace AuthService.RiskLab.Attackers;

/// <summary>Somebody with the right password and the wrong person. What he knows besides is what tells the classes apart.</summary>
internal abstract class Attacker
{
    /// <summary>As tables name him.</summary>
    public abstract string Name { get; }

    /// <summary>What he knows and does, in one sentence.</summary>
    public abstract string Knows { get; }

    /// <summary>Whether there is a figure that he must be held to. Of the others the lab only reports.</summary>
    public virtual bool HasGoal => true;

    /// <summary>What was tried from his network before, in the order of time. None of it on this victim.</summary>
    public virtual IEnumerable<LabLogin> Before(Victim victim, LabLogin attempt) => [];

    public abstract LabLogin Attempt(Victim victim, ref Dice dice);

    /// <summary>In the order of the tables, from the weakest on.</summary>
    public static IReadOnlyList<Attacker> All { get; } =
    [
        new Naive(), new VpnInCountry(), new CredentialStuffing(), new Targeted(), new VeryTargeted(), new ProfileReplay(),
        new MiddleWithOwnCertificate(), new InsiderAtHome(), new MiddleWithTrustedCertificate(), new Malware(),
    ];
}

/// <summary>Whom an attack is on.</summary>
/// <param name="Life">The world that both live in.</param>
/// <param name="Person">The owner.</param>
/// <param name="Last">The owner's last login: what a stolen profile looks like.</param>
/// <param name="Next">The login that the owner would make at this moment: what somebody in the middle, or on the device, sees.</param>
internal sealed record Victim(Life Life, Person Person, LabLogin Last, LabLogin Next)
{
    public World World => Life.World;

    public Country Country => Person.Home.City.Country;

    public double Day => Life.DayOf(Next.Time);

    /// <summary>An attempt with nothing in it but the account.</summary>
    public LabLogin Blank(Origin origin, Thing thing, ref Dice dice)
    {
        var time = Next.Time;
        return new LabLogin
        {
            User = Person.Name,
            Time = time,
            Origin = origin with { RoundTrip = Life.RoundTrip(ref dice) },
            Agent = thing.Agent(Life.DayOf(time)),
            Signals = new RawSignals { Device = thing.Describe(Life.DayOf(time), hides: true) },
            Completed = false,
            FromAttackAddress = true,
        };
    }

    /// <summary>His own thing; nobody knows it.</summary>
    public Thing OwnThing(DeviceModel model, ref Dice dice) => new()
    {
        Seed = World.Seed,
        Id = long.MinValue + (long)(dice.Next() >> 2),
        Kind = model.Os is "Android" or "iOS" ? ThingKind.Phone : ThingKind.Laptop,
        Model = model,
        Owner = "x",
        UpdateDelay = dice.Exponential(21),
    };

    /// <summary>Whether a guess comes true, which it would in this share of all cases.</summary>
    public bool Guesses(double probability, ref Dice dice) => dice.Chance(Math.Min(1, probability * Life.Options.AttackerLuck));
}
