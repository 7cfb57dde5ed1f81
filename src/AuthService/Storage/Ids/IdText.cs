using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AuthService.Storage.Ids;

/// <summary>
/// The text form that all ids share: <c>kind_region_body</c>, for instance <c>acc_de_06f8k2…</c>. The body is 128 bits in
/// Crockford's base 32, 26 characters: 48 bits of time in milliseconds, so that rows lie in the order they came in, and 80
/// random bits (the layout of a ULID).
/// </summary>
/// <remarks>An id is a name, not a secret: nothing is granted to who knows it.</remarks>
internal static class IdText
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int BodyLength = 26;
    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    public static string Create(string kind, string region, TimeProvider clock)
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);
        var milliseconds = (ulong)clock.GetUtcNow().ToUnixTimeMilliseconds();
        var tail = BinaryPrimitives.ReadUInt16BigEndian(bits[6..]);
        BinaryPrimitives.WriteUInt64BigEndian(bits, (milliseconds << 16) | tail);

        var number = BinaryPrimitives.ReadUInt128BigEndian(bits);
        return string.Create(kind.Length + region.Length + 2 + BodyLength, (kind, region, number), static (text, id) =>
        {
            id.kind.CopyTo(text);
            text[id.kind.Length] = '_';
            id.region.CopyTo(text[(id.kind.Length + 1)..]);
            text[id.kind.Length + 1 + id.region.Length] = '_';
            var rest = id.number;
            for (var at = text.Length - 1; at >= text.Length - BodyLength; at--)
            {
                text[at] = Alphabet[(int)(rest & 31)];
                rest >>= 5;
            }
        });
    }

    /// <summary>Whether the text has the form of an id of this kind, of any region.</summary>
    public static bool IsWellFormed(string? text, string kind)
    {
        if (text is null || text.Length != kind.Length + 2 + 2 + BodyLength || !text.StartsWith(kind, StringComparison.Ordinal))
            return false;

        var region = text.AsSpan(kind.Length + 1, 2);
        var body = text.AsSpan(kind.Length + 4);
        return text[kind.Length] == '_' && text[kind.Length + 3] == '_'
            && !region.ContainsAnyExceptInRange('a', 'z')
            && !body.ContainsAnyExcept(Characters);
    }

    public static string RegionOf(string text, string kind) => text.Substring(kind.Length + 1, 2);
}
