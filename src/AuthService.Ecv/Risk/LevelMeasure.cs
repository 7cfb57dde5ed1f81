using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Profiles;

namespace AuthService.Ecv.Risk;

/// <summary>What was counted at one level of a kind.</summary>
/// <param name="Probability">P(value | parent) among everybody, in units of 2⁻³², at least 1.</param>
/// <param name="History">The account's history in which the level was present, in halves of a login, 0 to 128.</param>
/// <param name="Count">Of it, with this value, in halves of a login times 2⁻¹⁶: cells beside the place's own count in part.</param>
/// <param name="Closeness">How much this is the known value: 0 unseen, 1 seen, in units of 2⁻¹⁶.</param>
/// <param name="Fade">How much the level says: 0 nothing, 1 all, in units of 2⁻¹⁶.</param>
/// <param name="Novelties">Values at this level that one login each has taught: how often something new comes, with this account.</param>
internal readonly record struct LevelMeasure(uint Probability, byte History, uint Count, uint Closeness, uint Fade, byte Novelties = 0)
{
    /// <summary>One, in units of 2⁻¹⁶.</summary>
    public const uint One = 1 << 16;

    /// <summary>History saturates at so many halves of a login.</summary>
    public const int MaxHistory = 2 * ProfileEntry.MaxWeight;

    /// <summary>The history's weight, saturated.</summary>
    public static byte Saturate(long halves) => (byte)Math.Min(halves, MaxHistory);

    public static uint ProbabilityOf(ulong units) => (uint)Math.Min(units, uint.MaxValue);
}

/// <summary>How a version compares to those known.</summary>
internal enum VersionRelation : byte
{
    None = 0,
    Newer = 1,
    Older = 2,
}

/// <summary>What was counted of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Provenance">Where the signal came from.</param>
/// <param name="Present">Bit i: level i was sent or observed.</param>
/// <param name="Relation">For versions.</param>
/// <param name="Coarse">Level 0.</param>
/// <param name="Middle">Level 1.</param>
/// <param name="Fine">Level 2.</param>
internal readonly record struct KindMeasure(
    CharacteristicKind Kind,
    Provenance Provenance,
    byte Present,
    VersionRelation Relation,
    LevelMeasure Coarse,
    LevelMeasure Middle,
    LevelMeasure Fine)
{
    public LevelMeasure this[int level] => level switch { 0 => Coarse, 1 => Middle, _ => Fine };

    public bool IsPresent(int level) => (Present & (1 << level)) != 0;
}
