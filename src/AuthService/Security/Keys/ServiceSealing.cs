using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AuthService.Security.Keys;

/// <summary>
/// Seals what belongs to no account, or to one that may have no keys yet, under a key of the keyring: messages that wait, for
/// instance. The key's id (8 ASCII characters) goes before the box, so that boxes of retired keys still open.
/// </summary>
public sealed class ServiceSealing(Keyring keyring)
{
    private const string Purpose = "authservice/service/1";

    /// <param name="context">What it belongs to, for instance the row's id; the same is needed to open it.</param>
    public byte[] Seal(KeyUse use, string context, ReadOnlySpan<byte> content)
    {
        var key = keyring.Current(use);
        return [.. Encoding.ASCII.GetBytes(key.Id.Value), .. Aead.Seal(key.Material, Context(key, context), content)];
    }

    /// <summary>False if it was made for another context, under a key that the keyring does not have, or was changed.</summary>
    public bool TryOpen(KeyUse use, string context, ReadOnlySpan<byte> box, [NotNullWhen(true)] out byte[]? content)
    {
        content = null;
        return box.Length > KeyId.Length
            && KeyId.TryParse(Encoding.ASCII.GetString(box[..KeyId.Length]), out var id)
            && keyring.TryGet(use, id, out var key)
            && Aead.TryOpen(key.Material, Context(key, context), box[KeyId.Length..], out content);
    }

    private static byte[] Context(Key key, string context) => Transcript.Of(Purpose, key.Id.Value, context);
}
