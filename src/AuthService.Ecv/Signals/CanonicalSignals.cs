namespace AuthService.Ecv.Signals;

/// <summary>Signals in canonical form: equal surroundings are equal values. Made only by <see cref="SignalParser"/>.</summary>
public sealed record CanonicalSignals
{
    internal CanonicalSignals()
    {
    }

    /// <summary>No signal at all.</summary>
    public static CanonicalSignals Empty { get; } = new();
}
