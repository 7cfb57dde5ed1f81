using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AuthService.Security.Keys;

/// <summary>
/// Seals the personal fields of an account under its data key. A box opens for the account and the field that it was made for,
/// and for no other: both are associated data. Format: <see cref="Aead"/>.
/// </summary>
public static class Sealing
{
    private const string Purpose = "authservice/field/1";

    /// <param name="keys">Of the account whose field it is.</param>
    /// <param name="field">A fixed name, for instance <c>email</c>.</param>
    public static byte[] Seal(AccountKeys keys, string field, ReadOnlySpan<byte> content) =>
        Aead.Seal(keys.DataKey, Context(keys, field), content);

    /// <inheritdoc cref="Seal(AccountKeys, string, ReadOnlySpan{byte})"/>
    public static byte[] Seal(AccountKeys keys, string field, string text) => Seal(keys, field, Encoding.UTF8.GetBytes(text));

    /// <summary>False if the box was made for another account or field, under another key, or was changed.</summary>
    public static bool TryOpen(AccountKeys keys, string field, ReadOnlySpan<byte> box, [NotNullWhen(true)] out byte[]? content) =>
        Aead.TryOpen(keys.DataKey, Context(keys, field), box, out content);

    /// <inheritdoc cref="TryOpen(AccountKeys, string, ReadOnlySpan{byte}, out byte[])"/>
    public static bool TryOpenText(AccountKeys keys, string field, ReadOnlySpan<byte> box, [NotNullWhen(true)] out string? text)
    {
        text = TryOpen(keys, field, box, out var content) ? Encoding.UTF8.GetString(content) : null;
        return text is not null;
    }

    private static byte[] Context(AccountKeys keys, string field) => Transcript.Of(Purpose, keys.Account.Value, field);
}
