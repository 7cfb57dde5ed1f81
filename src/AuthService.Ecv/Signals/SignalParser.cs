namespace AuthService.Ecv.Signals;

/// <summary>Parses raw signals into canonical ones; all violations are told at once.</summary>
public static class SignalParser
{
    /// <returns>Whether there was no violation.</returns>
    public static bool TryParse(RawSignals raw, out CanonicalSignals signals, out IReadOnlyList<SignalViolation> violations) =>
        throw new NotSupportedException();
}
