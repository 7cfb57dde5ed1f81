using System.Buffers;

namespace AuthService.Ecv.Numerics;

/// <summary>Writes bytes and LEB128 numbers.</summary>
internal static class PackedWriting
{
    public static void Byte(this ArrayBufferWriter<byte> bytes, int value)
    {
        bytes.GetSpan(1)[0] = (byte)value;
        bytes.Advance(1);
    }

    public static void Number(this ArrayBufferWriter<byte> bytes, uint value)
    {
        while (value >= 0x80)
        {
            bytes.Byte((int)(value & 0x7F) | 0x80);
            value >>= 7;
        }

        bytes.Byte((int)value);
    }
}

/// <summary>Reads them. Past the end everything is 0, and <see cref="IsAtEnd"/> stays false for good.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;
    private bool failed;

    public readonly bool IsAtEnd => !failed && rest.IsEmpty;

    public byte Byte()
    {
        var read = Bytes(1);
        return read.IsEmpty ? (byte)0 : read[0];
    }

    /// <summary>At most 32 bits, in the shortest form.</summary>
    public uint Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next >= 0x80)
                continue;

            failed |= value > uint.MaxValue || (next == 0 && shift > 0);
            return (uint)value;
        }

        failed = true;
        return 0;
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > rest.Length)
        {
            failed = true;
            rest = [];
            return [];
        }

        var read = rest[..count];
        rest = rest[count..];
        return read;
    }
}
