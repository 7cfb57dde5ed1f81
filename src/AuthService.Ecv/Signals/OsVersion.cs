using System.Globalization;

namespace AuthService.Ecv.Signals;

/// <summary>A dotted version. Its text is compared for equality; its number says which of two is newer.</summary>
public sealed record OsVersion
{
    private const int Components = 4;
    private const int ComponentBits = 16;

    private OsVersion(string text, string? major, ulong? number) => (Text, Major, Number) = (text, major, number);

    public string Text { get; }

    /// <summary>The first component without leading zeroes; null when the text does not start with a digit.</summary>
    public string? Major { get; }

    /// <summary>The first four components, 16 bits each, the first at most 32,767 so that differences fit 64 signed bits.</summary>
    public ulong? Number { get; }

    public static OsVersion Of(string text)
    {
        ulong number = 0;
        var rest = text.AsSpan();
        ulong? major = null;
        for (var component = 0; component < Components; component++)
        {
            var value = LeadingNumber(ref rest, component == 0 ? 0x7FFFUL : 0xFFFFUL);
            if (component == 0)
                major = value;
            number = (number << ComponentBits) | (value ?? 0);
            if (rest.IsEmpty || rest[0] != '.')
                rest = [];
            else
                rest = rest[1..];
        }

        return new OsVersion(text, major?.ToString(CultureInfo.InvariantCulture), major is null ? null : number);
    }

    private static ulong? LeadingNumber(ref ReadOnlySpan<char> text, ulong most)
    {
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits < 0)
            digits = text.Length;
        if (digits == 0)
            return null;

        var value = ulong.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : ulong.MaxValue;
        text = text[digits..];
        return Math.Min(value, most);
    }
}
