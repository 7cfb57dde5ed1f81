using System.Buffers;
using System.Security.Cryptography;

namespace AuthService.Security.Keys;

/// <summary>
/// Names a key of the keyring: 8 lower-case letters and digits, at random. That is also six bytes in the PHC alphabet, so that a
/// password hash can carry it as its <c>keyid</c>. A name, not a secret.
/// </summary>
public readonly record struct KeyId
{
    /// <summary>Characters of an id.</summary>
    public const int Length = 8;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz");

    private KeyId(string value) => Value = value;

    /// <summary>The text form.</summary>
    public string Value { get; }

    public static KeyId Create() => new(RandomNumberGenerator.GetString(Alphabet, Length));

    public static bool TryParse(ReadOnlySpan<char> text, out KeyId id)
    {
        var wellFormed = text.Length == Length && !text.ContainsAnyExcept(Characters);
        id = wellFormed ? new KeyId(text.ToString()) : default;
        return wellFormed;
    }

    public override string ToString() => Value;
}
