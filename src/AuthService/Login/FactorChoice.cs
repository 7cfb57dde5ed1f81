using AuthService.Risk;
using AuthService.V1;

namespace AuthService.Login;

/// <summary>Which factors complete a step-up.</summary>
/// <param name="Allowed">Any one of them.</param>
/// <param name="Missing">What the risk asks for, where the account has none of it; otherwise empty.</param>
internal sealed record FactorChoice(IReadOnlyList<FactorKind> Allowed, IReadOnlyList<FactorKind> Missing)
{
    private static readonly IReadOnlyList<FactorKind> Key = [FactorKind.DeviceKey];

    /// <param name="has">The factors that the account could show, its bound key not among them.</param>
    /// <param name="keyHelps">Whether it has a bound key whose proof would say something new.</param>
    /// <param name="demand">What the risk asks for, or null where nothing was judged: then any factor will do.</param>
    /// <param name="weakerIfNone">Whether an account with none of what is asked for may use what it has.</param>
    public static FactorChoice Of(IReadOnlyList<FactorKind> has, bool keyHelps, StepUpDemand? demand, bool weakerIfNone)
    {
        IReadOnlyList<FactorKind> all = keyHelps ? [.. has, .. Key] : has;
        if (demand is null)
            return new FactorChoice(all, []);

        // Evidence of a relay comes with a proof, so the key is at hand. Its signature names the server that the device sees, which a
        // code typed on a phishing page does not (NIST SP 800-63B-4 §3.2.5).
        if (demand.Relay && keyHelps)
            return new FactorChoice(Key, []);

        var suffices = all.Where(demand.Factors.Contains).ToList();

        if (suffices.Exists(factor => factor != FactorKind.DeviceKey))
            return new FactorChoice(suffices, []);

        // A key alone shuts nothing else out: its phone may be what was lost.
        return new FactorChoice(weakerIfNone ? all : suffices, suffices.Count == 0 && has.Count > 0 ? demand.Factors : []);
    }
}
