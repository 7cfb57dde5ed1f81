using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AuthService.Audit.Merkle;

/// <summary>A hash of the tree: SHA-256, with leaves and nodes told apart by their first byte (RFC 9162 §2.1.1).</summary>
public readonly record struct TreeHash(UInt128 High, UInt128 Low)
{
    /// <summary>Bytes of one.</summary>
    public const int Size = 32;

    private const int OnStack = 1024;

    /// <summary>Of a tree without leaves.</summary>
    public static TreeHash OfNothing { get; } = Read(SHA256.HashData([]));

    /// <summary>Of an entry of the log.</summary>
    public static TreeHash OfLeaf(ReadOnlySpan<byte> entry)
    {
        var length = 1 + entry.Length;
        var rented = length > OnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        var input = (rented ?? stackalloc byte[OnStack])[..length];
        input[0] = 0;
        entry.CopyTo(input[1..]);
        var hash = OfBytes(input);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>Of what two hashes stand for, one beside the other.</summary>
    public static TreeHash OfPair(TreeHash left, TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Size)];
        input[0] = 1;
        left.Write(input[1..]);
        right.Write(input[(1 + Size)..]);
        return OfBytes(input);
    }

    /// <param name="bytes">32 of them.</param>
    public static TreeHash Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..Size]));

    /// <param name="bytes">Room for 32.</param>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], Low);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    private static TreeHash OfBytes(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(input, hash);
        return Read(hash);
    }
}
