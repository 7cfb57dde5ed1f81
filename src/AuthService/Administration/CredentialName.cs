using System.Buffers;

namespace AuthService.Administration;

/// <summary>What a service is called in the audit log: 1 to 64 characters of a-z, 0-9 and '-'.</summary>
public readonly record struct CredentialName
{
    private const int MaxLength = 64;
    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private CredentialName(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, out CredentialName name)
    {
        var wellFormed = text?.Length is >= 1 and <= MaxLength && !text.AsSpan().ContainsAnyExcept(Characters);
        name = wellFormed ? new CredentialName(text!) : default;
        return wellFormed;
    }

    public override string ToString() => Value;
}
