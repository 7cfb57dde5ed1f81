using System.Collections.Immutable;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Profiles;

/// <summary>One value that an account is known by, taken apart so that it can be changed.</summary>
internal sealed class ProfileEntry
{
    /// <summary>An entry weighs at most so many logins: a habit of years must not take years to change.</summary>
    public const int MaxWeight = 64;

    /// <summary>The most entries of a kind.</summary>
    public const int MaxPerKind = 20;

    /// <summary>Whose it goes with: the verdict that taught it first, or, of a set, that gave it its present form.</summary>
    public required VerdictTag FoundedBy { get; set; }

    public required LearnedHow How { get; init; }

    /// <summary>By level; absent ones are default.</summary>
    public Token[] Tokens { get; init; } = [];

    public ulong? MaskedVersion { get; init; }

    /// <summary>For sets: the latest form of it.</summary>
    public ImmutableArray<SetMember> Members { get; set; } = [];

    public required ushort FirstDay { get; init; }

    /// <summary>The second day on which it was seen; 0 while there is none.</summary>
    public ushort SecondDay { get; set; }

    public ushort LastDay { get; set; }

    /// <summary>Logins that taught it, 1 to 64.</summary>
    public int Weight { get; set; }

    /// <summary>Bit i+1: the profile's i-th device taught it. Bit 0: a login without a bound device did.</summary>
    public uint Devices { get; set; }

    /// <summary>Bit i: the login in the profile's i-th visit taught it.</summary>
    public ulong Visits { get; set; }

    /// <summary>In halves of a login.</summary>
    public int EffectiveWeight => EntryView.Effective(Weight, How, SecondDay);

    public bool Is(ReadOnlySpan<Token> levels) => levels.SequenceEqual(Tokens);
}

/// <summary>A login that taught the profile, so that it can be taken back.</summary>
/// <param name="Verdict">Its verdict; 0 for a free slot.</param>
/// <param name="Day">Its day.</param>
/// <param name="How">With what right it taught.</param>
/// <param name="Device">Bit number of the device, 0 for none.</param>
internal readonly record struct ProfileVisit(VerdictTag Verdict, ushort Day, LearnedHow How, byte Device)
{
    /// <summary>So many last logins can be taken back one by one.</summary>
    public const int MaxCount = 64;
}
