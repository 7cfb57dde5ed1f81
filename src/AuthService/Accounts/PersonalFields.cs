using AuthService.Messaging;
using AuthService.Security.Keys;
using AuthService.Storage.Rows;

namespace AuthService.Accounts;

/// <summary>The sealed fields of an account: the name that each is bound to, and how they are read.</summary>
internal static class PersonalFields
{
    public const string GivenName = "given_name", FamilyName = "family_name", Address = "address";

    public const int MaxName = 128, MaxAddress = 512;

    /// <summary>The name that a contact of this kind is bound to.</summary>
    public static string NameOf(ContactKind kind) => kind == ContactKind.Email ? OwnerNotices.EmailField : OwnerNotices.PhoneNumberField;

    /// <summary>Null for empty text: what is not there needs no box.</summary>
    public static byte[]? Seal(AccountKeys keys, string field, string text) => text.Length == 0 ? null : Sealing.Seal(keys, field, text);

    /// <summary>Empty for what is not there.</summary>
    public static string Open(AccountKeys keys, string field, byte[]? box)
    {
        if (box is null)
            return "";
        return Sealing.TryOpenText(keys, field, box, out var text) ? text : throw new InvalidOperationException($"A sealed {field} does not open.");
    }

    /// <summary>What a password must not be made of.</summary>
    public static IReadOnlyList<string> NamesOf(FoundAccount account) =>
    [
        Open(account.Keys, GivenName, account.Row.GivenNameSealed),
        Open(account.Keys, FamilyName, account.Row.FamilyNameSealed),
    ];
}
