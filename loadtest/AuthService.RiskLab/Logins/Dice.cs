namespace AuthService.RiskLab.Logins;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed on every machine. For nothing secret. Each person,
/// thing and login rolls dice of its own, named after it, so that one more person changes nobody else.
/// </summary>
internal struct Dice
{
    private ulong _state;

    private Dice(ulong state) => _state = state;

    public static Dice Of(ulong seed, string about, long first = 0, long second = 0, long third = 0)
    {
        var state = seed;
        foreach (var letter in about)
            state = Mix(state ^ letter);
        return new Dice(Mix(Mix(Mix(state ^ (ulong)first) ^ (ulong)second) ^ (ulong)third));
    }

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>From 0 to 1, without 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>From 0 to <paramref name="bound"/> − 1.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    public double Between(double least, double most) => least + ((most - least) * Unit());

    /// <summary>With mean 0 and variance 1 (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    /// <summary>Waiting time of a process without memory.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Unit());

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>By weights that add up to anything.</summary>
    public int Weighted(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
            sum += weight;
        var left = Unit() * sum;
        for (var index = 0; index < weights.Length - 1; index++)
        {
            left -= weights[index];
            if (left < 0)
                return index;
        }

        return weights.Length - 1;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
