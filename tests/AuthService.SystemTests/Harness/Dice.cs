namespace AuthService.SystemTests.Harness;

/// <summary>SplitMix64: the same seed falls the same way. Safe to throw by many at once.</summary>
internal sealed class Dice(int seed)
{
    private ulong _state = (ulong)seed;

    /// <returns>From 0 on, below <paramref name="sides"/>.</returns>
    public int Throw(int sides)
    {
        var mixed = Interlocked.Add(ref _state, 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)sides);
    }
}
