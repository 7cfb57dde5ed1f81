using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using AuthService.Hosting.Errors;
using AuthService.Security.Keys;

namespace AuthService.Hosting.Calls;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Size">How many at most.</param>
/// <param name="After">Behind which item, in the words of <see cref="PageTokens.Next"/>; empty for the first page.</param>
public readonly record struct Page(int Size, string After);

/// <summary>How large pages are.</summary>
/// <param name="Default">If the caller does not say.</param>
/// <param name="Max">Larger wishes are cut down to this (AIP-158).</param>
public readonly record struct PageSizes(int Default, int Max)
{
    /// <summary>50, at most 100.</summary>
    public static PageSizes Usual { get; } = new(50, 100);
}

/// <summary>Pages of lists, by AIP-158.</summary>
/// <remarks>
/// <code>
/// base64url( version 1 ‖ key id (8) ‖ HMAC-SHA-256 (32) ‖ after, UTF-8 )
/// </code>
/// The MAC also covers the RPC, its caller and its filter: a token is good for the list that it was made for. It does not expire,
/// and tells nothing that its caller has not just been told.
/// </remarks>
public sealed class PageTokens(Keyring keyring)
{
    private const byte Version = 1;
    private const int KeyIdAt = 1, MacAt = KeyIdAt + KeyId.Length, AfterAt = MacAt + HMACSHA256.HashSizeInBytes, MaxLength = 1024;

    /// <param name="call">The call that lists.</param>
    /// <param name="size">As in the request.</param>
    /// <param name="token">As in the request.</param>
    /// <param name="filter">Whatever else in the request chooses the items, in any form that is the same for each page.</param>
    /// <param name="sizes">Null: the usual ones.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT, <c>INVALID_FIELD</c>.</exception>
    public Page Parse(Call call, int size, string token, string filter = "", PageSizes? sizes = null)
    {
        var fields = new FieldViolations();
        var bounds = sizes ?? PageSizes.Usual;
        if (size < 0)
            fields.Add("page_size", "Must not be negative.");

        var after = "";
        if (token.Length > 0 && !TryOpen(call, filter, token, out after))
            fields.Add("page_token", "Must be the next_page_token of an answer to this same request.");

        fields.ThrowIfAny();
        return new Page(size == 0 ? bounds.Default : Math.Min(size, bounds.Max), after!);
    }

    /// <summary>The token of the page that follows.</summary>
    /// <param name="after">The last item of this page, in words that the next query can use.</param>
    /// <param name="filter">The same as for <see cref="Parse"/>.</param>
    public string Next(Call call, string after, string filter = "")
    {
        var key = keyring.Current(KeyUse.Cursor);
        return Base64Url.EncodeToString(
            [Version, .. Encoding.ASCII.GetBytes(key.Id.Value), .. key.Mac(Covered(call, filter, after)), .. Encoding.UTF8.GetBytes(after)]);
    }

    private bool TryOpen(Call call, string filter, string token, [NotNullWhen(true)] out string? after)
    {
        after = null;
        if (token.Length > MaxLength || !Base64Url.IsValid(token))
            return false;

        ReadOnlySpan<byte> bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length < AfterAt || bytes[0] != Version)
            return false;

        var position = Encoding.UTF8.GetString(bytes[AfterAt..]);
        if (!KeyId.TryParse(Encoding.ASCII.GetString(bytes[KeyIdAt..MacAt]), out var id)
            || !keyring.TryGet(KeyUse.Cursor, id, out var key)
            || !key.IsMac(Covered(call, filter, position), bytes[MacAt..AfterAt]))
            return false;

        after = position;
        return true;
    }

    private static byte[] Covered(Call call, string filter, string after)
    {
        var caller = call.Caller switch
        {
            Caller.User user => user.Account.Value,
            Caller.Service service => service.CredentialId,
            _ => "",
        };
        return Transcript.Of("authservice/page/1", call.Rule.Rpc.Value, caller, filter, after);
    }
}
