using System.Buffers.Binary;

namespace AuthService.Ecv.Population;

/// <summary>
/// How many distinct accounts have a value: a counter for this epoch and one for the last. What nobody has had for two epochs is
/// gone: statistics decay.
/// </summary>
/// <remarks><code>u16 epoch │ u16 length of the present counter │ present counter │ last epoch's counter</code></remarks>
public sealed class PopulationSketch
{
    /// <summary>No sketch is longer, in bytes.</summary>
    public const int MaxBytes = 4 + (2 * DistinctCounter.MaxBytes);

    /// <summary>Days of an epoch: a sketch remembers for one to two quarters.</summary>
    public const int EpochDays = 91;

    private DistinctCounter current = new();
    private DistinctCounter previous = new();

    /// <summary>The epoch of the present counter; 0 before the first account.</summary>
    public ushort Epoch { get; private set; }

    public static ushort EpochOf(DateTimeOffset time) => (ushort)(Profiles.ProfileDay.Of(time) / EpochDays + 1);

    /// <returns>Whether that changed anything.</returns>
    public bool Add(ulong accountHash, ushort epoch)
    {
        MoveTo(epoch);
        return current.Add(accountHash);
    }

    /// <summary>About how many accounts had the value in this epoch and the last.</summary>
    public long Accounts(ushort epoch)
    {
        MoveTo(epoch);
        var both = new DistinctCounter();
        both.Merge(current);
        both.Merge(previous);
        return both.Estimate();
    }

    /// <summary>Adds what another replica counted.</summary>
    public void Merge(PopulationSketch other)
    {
        var (older, newer) = Epoch <= other.Epoch ? (this, other) : (other, this);
        var merged = new PopulationSketch { Epoch = newer.Epoch };
        merged.current.Merge(newer.current);
        merged.previous.Merge(newer.previous);
        if (older.Epoch == newer.Epoch)
        {
            merged.current.Merge(older.current);
            merged.previous.Merge(older.previous);
        }
        else if (older.Epoch == newer.Epoch - 1)
        {
            merged.previous.Merge(older.current);
        }

        (Epoch, current, previous) = (merged.Epoch, merged.current, merged.previous);
    }

    public byte[] Write()
    {
        var (present, last) = (current.Write(), previous.Write());
        var bytes = new byte[4 + present.Length + last.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, Epoch);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)present.Length);
        present.CopyTo(bytes, 4);
        last.CopyTo(bytes, 4 + present.Length);
        return bytes;
    }

    /// <summary>What <see cref="Write"/> wrote, or null if the bytes are no sketch.</summary>
    public static PopulationSketch? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4)
            return null;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (bytes.Length < 4 + length
            || DistinctCounter.TryRead(bytes.Slice(4, length)) is not { } present
            || DistinctCounter.TryRead(bytes[(4 + length)..]) is not { } last)
        {
            return null;
        }

        return new PopulationSketch { Epoch = BinaryPrimitives.ReadUInt16BigEndian(bytes), current = present, previous = last };
    }

    private void MoveTo(ushort epoch)
    {
        if (epoch <= Epoch)
            return;
        previous = epoch == Epoch + 1 ? current : new DistinctCounter();
        (current, Epoch) = (new DistinctCounter(), epoch);
    }
}
