using System.Buffers.Text;
using System.Text;
using AuthService.Security.Keys;

namespace AuthService.Hosting.Calls;

/// <summary>
/// Page tokens (AIP-158): where a list goes on, under a MAC. A token is good only for the list that it was made for (same RPC, same
/// caller, same filters), so that none can be made up, changed, or carried over.
/// </summary>
/// <remarks>
/// <code>
/// base64url( key id (8) ‖ HMAC-SHA-256 (32) ‖ cursor )
/// </code>
/// The cursor is readable: it must tell nothing that the list does not tell.
/// </remarks>
public sealed class PageTokens(Keyring keyring)
{
    private const string Purpose = "authservice/page/1";
    private const int MacAt = KeyId.Length, CursorAt = MacAt + Key.Size;
    private const int MaxLength = 256;

    /// <param name="cursor">Where the next page begins; ASCII, at most 64 characters.</param>
    /// <param name="list">What names the list: the RPC, whose it is, its filters.</param>
    public string Create(string cursor, params IReadOnlyList<string> list)
    {
        var key = keyring.Current(KeyUse.Cursor);
        return Base64Url.EncodeToString([.. Encoding.ASCII.GetBytes(key.Id.Value), .. key.Mac(Message(cursor, list)), .. Encoding.ASCII.GetBytes(cursor)]);
    }

    /// <summary>False for any text that <see cref="Create"/> did not return for this very list.</summary>
    public bool TryRead(string token, out string cursor, params IReadOnlyList<string> list)
    {
        cursor = "";
        if (token.Length > MaxLength || !Base64Url.IsValid(token))
            return false;

        var bytes = Base64Url.DecodeFromChars(token).AsSpan();
        if (bytes.Length <= CursorAt
            || !KeyId.TryParse(Encoding.ASCII.GetString(bytes[..MacAt]), out var id)
            || !keyring.TryGet(KeyUse.Cursor, id, out var key))
            return false;

        var claimed = Encoding.ASCII.GetString(bytes[CursorAt..]);
        if (!key.IsMac(Message(claimed, list), bytes[MacAt..CursorAt]))
            return false;

        cursor = claimed;
        return true;
    }

    private static byte[] Message(string cursor, IReadOnlyList<string> list) => Transcript.Of([Purpose, cursor, .. list]);
}
