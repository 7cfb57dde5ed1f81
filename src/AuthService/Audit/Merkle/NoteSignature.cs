using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace AuthService.Audit.Merkle;

/// <summary>One line of a <see cref="SignedNote"/>.</summary>
/// <param name="Name">The key's.</param>
/// <param name="KeyId">See <see cref="NoteVerifier.KeyId"/>.</param>
/// <param name="Bytes">Of the signature itself.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes)
{
    internal static bool TryParse(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !NoteVerifier.IsName(line[..space]))
            return false;

        var bytes = new byte[line.Length];
        if (!Convert.TryFromBase64String(line[(space + 1)..], bytes, out var length) || length <= sizeof(uint))
            return false;

        // One form only: no spaces, no bits that mean nothing.
        signature = new NoteSignature(line[..space], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(sizeof(uint)..length));
        if (signature.ToString() == line)
            return true;
        signature = null;
        return false;
    }

    public override string ToString()
    {
        var bytes = new byte[sizeof(uint) + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.CopyTo(bytes.AsMemory(sizeof(uint)));
        return $"{Name} {Convert.ToBase64String(bytes)}";
    }
}
