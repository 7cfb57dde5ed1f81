using AuthService.LoadTest.Statistics;
using AuthService.LoadTest.Subject;

namespace AuthService.LoadTest.LoginOracle;

/// <summary>Whose identifiers are tried, and what they are held up by.</summary>
internal enum Arm
{
    Known,
    Unknown,
    UnknownDelayed,
}

/// <summary>
/// Three arms, tried in turn: in each block one identifier of each arm, in random order, a few milliseconds apart, so that whatever
/// else the machine does meets all three alike. What is compared are the differences within blocks.
/// </summary>
/// <param name="probe">Makes the tries.</param>
/// <param name="random">Decides on the order.</param>
/// <param name="injected">Microseconds that the third arm is held up.</param>
internal sealed class Trial(Probe probe, SeededRandom random, int injected)
{
    private readonly Dictionary<Arm, List<Observation>> _observations =
        Enum.GetValues<Arm>().ToDictionary(arm => arm, _ => new List<Observation>());

    /// <summary>In the order of blocks.</summary>
    public IReadOnlyList<Observation> Of(Arm arm) => _observations[arm];

    /// <summary>Tries one identifier of each arm.</summary>
    /// <param name="known">The number of the known one; the unknown ones have numbers of their own.</param>
    /// <param name="isCounted">Whether it is kept: the first blocks warm the code up.</param>
    public async Task BlockAsync(int known, bool isCounted = true)
    {
        var order = Enum.GetValues<Arm>();
        random.Shuffle<Arm>(order);
        foreach (var arm in order)
        {
            var (identifier, delay) = arm switch
            {
                Arm.Known => (Population.Known(known), 0),
                Arm.Unknown => (Population.Unknown(2 * known), 0),
                _ => (Population.Unknown(2 * known + 1), injected),
            };
            var observation = await probe.TryAsync(identifier, from: 40_000 + 3 * known + (int)arm, delay);
            if (isCounted)
                _observations[arm].Add(observation);
        }
    }
}
