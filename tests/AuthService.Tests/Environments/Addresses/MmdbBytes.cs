using System.Buffers.Binary;
using System.Text;

namespace AuthService.Tests.Environments.Addresses;

/// <summary>Values as the data section of an MMDB file holds them: "MaxMind DB File Format Specification 2.0", "Output Data Section".</summary>
internal static class MmdbBytes
{
    private const int Text = 2, Double = 3, UInt16 = 5, UInt32 = 6, Map = 7, Int32 = 8, UInt64 = 9, Array = 11, Boolean = 14, Float = 15;

    public static byte[] Of(object value) => value switch
    {
        string text => [.. Control(Text, Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)],
        bool flag => Control(Boolean, flag ? 1 : 0),
        double number => [.. Control(Double, 8), .. BigEndian(8, bytes => BinaryPrimitives.WriteDoubleBigEndian(bytes, number))],
        float number => [.. Control(Float, 4), .. BigEndian(4, bytes => BinaryPrimitives.WriteSingleBigEndian(bytes, number))],
        ushort number => [.. Control(UInt16, 2), .. BigEndian(2, bytes => BinaryPrimitives.WriteUInt16BigEndian(bytes, number))],
        uint number => [.. Control(UInt32, 4), .. BigEndian(4, bytes => BinaryPrimitives.WriteUInt32BigEndian(bytes, number))],
        int number => [.. Control(Int32, 4), .. BigEndian(4, bytes => BinaryPrimitives.WriteInt32BigEndian(bytes, number))],
        ulong number => [.. Control(UInt64, 8), .. BigEndian(8, bytes => BinaryPrimitives.WriteUInt64BigEndian(bytes, number))],
        IReadOnlyDictionary<string, object> map => [.. Control(Map, map.Count), .. map.SelectMany(pair => (byte[])[.. Of(pair.Key), .. Of(pair.Value)])],
        IReadOnlyList<object> array => [.. Control(Array, array.Count), .. array.SelectMany(Of)],
        _ => throw new ArgumentException($"{value.GetType()} is not written.", nameof(value)),
    };

    /// <summary>The type in three bits, or 0 and in the next byte less seven; the size in five bits, or 29 and in the next byte less 29.</summary>
    private static byte[] Control(int type, int size)
    {
        var small = size < 29 ? size : 29;
        byte[] extended = type > 7 ? [(byte)(type - 7)] : [];
        byte[] rest = size < 29 ? [] : [checked((byte)(size - 29))];
        return [(byte)(((type > 7 ? 0 : type) << 5) | small), .. extended, .. rest];
    }

    private static byte[] BigEndian(int length, Action<byte[]> write)
    {
        var bytes = new byte[length];
        write(bytes);
        return bytes;
    }
}
