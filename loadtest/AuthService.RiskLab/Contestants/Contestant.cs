using AuthService.Ecv.Risk;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Contestants;

/// <summary>Somebody who tells owners from others. Sees one login after the other, in the order of time.</summary>
internal abstract class Contestant
{
    public abstract string Name { get; }

    /// <summary>Judges, and remembers nothing.</summary>
    public abstract Judged Judge(LabLogin login);

    /// <summary>A login with the right password happened: learned from by the contestant's own rules.</summary>
    public abstract void Learn(LabLogin login, Judged judged);

    /// <summary>An attempt with a wrong password happened.</summary>
    public virtual void Fail(LabLogin login)
    {
    }
}

/// <summary>What a contestant says of a login.</summary>
/// <param name="Score">Higher: more likely somebody else. In bits where that means something.</param>
/// <param name="Verdict">The engine's, with its evidence; null for the others.</param>
/// <param name="Working">What its maker wants back when the login is learned.</param>
internal readonly record struct Judged(double Score, RiskVerdict? Verdict = null, object? Working = null)
{
    public Decision Decision => Verdict?.Decision ?? Decision.Unspecified;

    public Gate Gate => Verdict?.Gate ?? Gate.Unspecified;
}
