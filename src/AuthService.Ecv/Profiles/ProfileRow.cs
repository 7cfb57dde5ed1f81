using System.Buffers.Binary;
using AuthService.Ecv.Characteristics;

namespace AuthService.Ecv.Profiles;

/// <summary>Where things lie in a profile's row.</summary>
/// <remarks>
/// <code>
/// u8 version = 1 │ u8 flags = 0
/// u8 devices (0–31) │ devices × u64 tag, 0 for a free slot
/// u8 visits (0–64) │ u8 next visit to overwrite │ visits × (u64 verdict, u16 day, u8 how, u8 device bit)
/// u8 kinds │ kinds × (u8 kind ascending │ u8 entries (1–20) │ entries, see EntryView)
/// u8 extensions │ extensions × (u8 id ascending │ u16 length │ bytes)
/// </code>
/// Extensions are room for what later versions must remember (sealed coarse cells, conflicts); a version that does not know
/// one carries it along unread.
/// </remarks>
internal sealed class ProfileRow
{
    public const byte Version = 1;
    public const int MaxDevices = 31;
    public const int VisitSize = 12;
    public const int MaxExtensionBytes = 1024;

    private readonly int[] starts = new int[CharacteristicCatalog.KindCount];
    private readonly byte[] counts = new byte[CharacteristicCatalog.KindCount];

    private ProfileRow(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    public ReadOnlyMemory<byte> Bytes { get; }

    public int DeviceCount { get; private set; }

    public int VisitCount { get; private set; }

    public int NextVisit { get; private set; }

    /// <summary>Where the extensions' count stands.</summary>
    public int ExtensionStart { get; private set; }

    public ReadOnlySpan<byte> Devices => Bytes.Span.Slice(3, DeviceCount * 8);

    public ReadOnlySpan<byte> Visits => Bytes.Span.Slice(3 + (DeviceCount * 8) + 2, VisitCount * VisitSize);

    public EntryEnumerator EntriesOf(CharacteristicKind kind) =>
        new(Bytes.Span[starts[(int)kind]..], counts[(int)kind], CharacteristicCatalog.Of(kind));

    /// <summary>Null when the bytes are no row.</summary>
    public static ProfileRow? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var row = new ProfileRow(bytes);
        var span = bytes.Span;
        if (span.Length < 7 || span.Length > Profile.MaxBytes || span[0] != Version || span[1] != 0 || span[2] > MaxDevices)
            return null;

        row.DeviceCount = span[2];
        var at = 3 + (row.DeviceCount * 8);
        if (span.Length < at + 2 || span[at] > ProfileVisit.MaxCount || span[at + 1] >= ProfileVisit.MaxCount)
            return null;

        (row.VisitCount, row.NextVisit) = (span[at], span[at + 1]);
        at += 2 + (row.VisitCount * VisitSize);
        return row.TryLocateKinds(span, ref at) && row.TryLocateExtensions(span, at) ? row : null;
    }

    private bool TryLocateKinds(ReadOnlySpan<byte> span, ref int at)
    {
        if (at >= span.Length)
            return false;

        var kinds = span[at++];
        var last = 0;
        for (var read = 0; read < kinds; read++)
        {
            if (span.Length < at + 2 || span[at] <= last || span[at] >= CharacteristicCatalog.KindCount
                || span[at + 1] is 0 or > ProfileEntry.MaxPerKind)
            {
                return false;
            }

            last = span[at];
            counts[last] = span[at + 1];
            starts[last] = at += 2;
            for (var entry = 0; entry < counts[last]; entry++)
            {
                var size = EntryView.Measure(span[at..], CharacteristicCatalog.Of((CharacteristicKind)last));
                if (size == 0)
                    return false;
                at += size;
            }
        }

        return true;
    }

    private bool TryLocateExtensions(ReadOnlySpan<byte> span, int at)
    {
        ExtensionStart = at;
        if (at >= span.Length || span.Length - at > MaxExtensionBytes)
            return false;

        var extensions = span[at++];
        var last = 0;
        for (var read = 0; read < extensions; read++)
        {
            if (span.Length < at + 3 || span[at] <= last)
                return false;
            last = span[at];
            at += 3 + BinaryPrimitives.ReadUInt16BigEndian(span[(at + 1)..]);
        }

        return at == span.Length;
    }
}

/// <summary>Walks the entries of one kind without taking them out of the row.</summary>
internal ref struct EntryEnumerator(ReadOnlySpan<byte> bytes, int count, Characteristic kind)
{
    private ReadOnlySpan<byte> rest = bytes;
    private int left = count;

    public EntryView Current { get; private set; }

    public readonly EntryEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        if (left-- <= 0)
            return false;

        var size = EntryView.SizeOf(rest, kind);
        Current = new EntryView(rest[..size]);
        rest = rest[size..];
        return true;
    }
}
