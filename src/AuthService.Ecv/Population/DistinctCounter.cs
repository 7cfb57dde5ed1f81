using System.Buffers.Binary;
using System.Numerics;
using AuthService.Ecv.Numerics;

namespace AuthService.Ecv.Population;

/// <summary>
/// HyperLogLog (Flajolet et al. 2007) with p = 10: counts distinct members without keeping them, off by about 3 %. Small counts
/// are exact but for collisions: they are kept as a list, and counted linearly (Heule et al. 2013).
/// </summary>
/// <remarks>
/// <code>
/// u8 0 │ registers × (u16 index ascending │ u8 rank)    while at most 128 registers are used
/// u8 1 │ 1,024 × u8 rank
/// </code>
/// Adding is idempotent and merging is a maximum, so that replicas may count apart and put their counts together in any order.
/// </remarks>
public sealed class DistinctCounter
{
    /// <summary>No counter is longer, in bytes.</summary>
    public const int MaxBytes = 1 + Registers;

    private const int Precision = 10;
    private const int Registers = 1 << Precision;
    private const int MaxRank = 64 - Precision + 1;
    private const int EntrySize = 3;
    private const int MaxEntries = 128;

    /// <summary>0.7213 / (1 + 1.079 / m) for m = 1,024, in units of 2⁻³².</summary>
    private const ulong Alpha = 3_094_716_834;

    /// <summary>ln 2, in units of 2⁻³².</summary>
    private const ulong NaturalLogOfTwo = 2_977_044_472;

    private byte[]? ranks;
    private List<(ushort Index, byte Rank)> few = [];

    /// <summary>Adds a member by a hash of it that nobody outside can choose: one under a key.</summary>
    /// <returns>Whether that changed anything.</returns>
    public bool Add(ulong hash)
    {
        var index = (ushort)(hash >> (64 - Precision));
        var rank = (byte)Math.Min(BitOperations.LeadingZeroCount(hash << Precision) + 1, MaxRank);
        return Raise(index, rank);
    }

    /// <summary>Adds all that the other has counted.</summary>
    public void Merge(DistinctCounter other)
    {
        for (var index = 0; other.ranks is not null && index < Registers; index++)
        {
            if (other.ranks[index] > 0)
                Raise((ushort)index, other.ranks[index]);
        }

        foreach (var (index, rank) in other.few)
            Raise(index, rank);
    }

    /// <summary>About how many distinct members there were. In whole numbers, so that it is the same on every machine.</summary>
    public long Estimate()
    {
        // The harmonic sum Σ 2^−rank, in units of 2⁻⁵⁴; an unused register adds one whole.
        const int unit = MaxRank - 1;
        var (sum, unused) = (UInt128.Zero, Registers);
        for (var at = 0; at < Used; at++)
        {
            var rank = RankAt(at);
            if (rank == 0)
                continue;
            unused--;
            sum += UInt128.One << (unit + 1 - Math.Min((int)rank, unit + 1));
        }

        sum = (sum >> 1) + ((UInt128)(uint)unused << unit);
        var raw = (((UInt128)Alpha * Registers * Registers) << (unit - 32)) / sum;
        if (unused == 0 || raw > 5 * Registers / 2)
            return (long)raw;

        // Linear counting: m · ln(m / unused).
        var logarithm = (ulong)(FixedPoint.Log2(Registers) - FixedPoint.Log2((UInt128)(uint)unused));
        const int shift = FixedPoint.LogBits + 32;
        return (long)(((UInt128)Registers * logarithm * NaturalLogOfTwo + (UInt128.One << (shift - 1))) >> shift);
    }

    public byte[] Write()
    {
        if (ranks is not null)
            return [1, .. ranks];

        var bytes = new byte[1 + (few.Count * EntrySize)];
        for (var at = 0; at < few.Count; at++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(1 + (at * EntrySize)), few[at].Index);
            bytes[1 + (at * EntrySize) + 2] = few[at].Rank;
        }

        return bytes;
    }

    /// <summary>What <see cref="Write"/> wrote, or null if the bytes are no counter.</summary>
    public static DistinctCounter? TryRead(ReadOnlySpan<byte> bytes)
    {
        var counter = new DistinctCounter();
        if (bytes.Length == MaxBytes && bytes[0] == 1)
        {
            counter.ranks = bytes[1..].ToArray();
            return bytes[1..].ContainsAnyExceptInRange((byte)0, (byte)MaxRank) ? null : counter;
        }

        if (bytes.IsEmpty || bytes[0] != 0 || (bytes.Length - 1) % EntrySize != 0 || bytes.Length > 1 + (MaxEntries * EntrySize))
            return null;
        for (var rest = bytes[1..]; !rest.IsEmpty; rest = rest[EntrySize..])
        {
            var (index, rank) = (BinaryPrimitives.ReadUInt16BigEndian(rest), rest[2]);
            if (index >= Registers || rank is 0 or > MaxRank || (counter.few.Count > 0 && index <= counter.few[^1].Index))
                return null;
            counter.few.Add((index, rank));
        }

        return counter;
    }

    private int Used => ranks?.Length ?? few.Count;

    private byte RankAt(int at) => ranks is null ? few[at].Rank : ranks[at];

    private bool Raise(ushort index, byte rank)
    {
        if (ranks is not null)
        {
            var isHigher = rank > ranks[index];
            ranks[index] = Math.Max(ranks[index], rank);
            return isHigher;
        }

        var at = few.BinarySearch((index, rank), ByIndex.Instance);
        if (at >= 0)
        {
            var isHigher = rank > few[at].Rank;
            few[at] = (index, Math.Max(few[at].Rank, rank));
            return isHigher;
        }

        few.Insert(~at, (index, rank));
        if (few.Count > MaxEntries)
            Spread();
        return true;
    }

    private void Spread()
    {
        ranks = new byte[Registers];
        foreach (var (index, rank) in few)
            ranks[index] = rank;
        few = [];
    }

    private sealed class ByIndex : IComparer<(ushort Index, byte Rank)>
    {
        public static readonly ByIndex Instance = new();

        public int Compare((ushort Index, byte Rank) x, (ushort Index, byte Rank) y) => x.Index.CompareTo(y.Index);
    }
}
