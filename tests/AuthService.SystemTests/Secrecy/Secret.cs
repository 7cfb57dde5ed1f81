using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AuthService.SystemTests.Secrecy;

/// <summary>Something that must not be found, and the forms that it could be found in.</summary>
/// <param name="Name">What it is, for the report.</param>
/// <param name="Forms">Each would give it away.</param>
/// <param name="IsDigits">Whether it is a few digits, that also turn up by chance inside longer numbers and ids.</param>
public sealed record Secret(string Name, IReadOnlyList<byte[]> Forms, bool IsDigits = false)
{
    /// <summary>Shorter ones turn up by chance.</summary>
    private const int ShortestForm = 6;

    /// <summary>Text: as it is, in UTF-16, escaped for JSON and URLs, in hex, and in base64 wherever it stands in what was encoded.</summary>
    public static Secret OfText(string name, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        string[] spellings =
        [
            text, JsonSerializer.Serialize(text)[1..^1], Uri.EscapeDataString(text), text.Normalize(NormalizationForm.FormD),
        ];
        return Create(name, [.. spellings.Select(Encoding.UTF8.GetBytes), Encoding.Unicode.GetBytes(text), .. Encoded(utf8)]);
    }

    /// <summary>Bytes: as they are, in hex, and in base64.</summary>
    public static Secret OfBytes(string name, byte[] bytes) => Create(name, [bytes, .. Encoded(bytes)]);

    /// <summary>A code of a few digits.</summary>
    public static Secret OfDigits(string name, string digits) =>
        new(name, [Encoding.UTF8.GetBytes(digits), Encoding.Unicode.GetBytes(digits)], IsDigits: true);

    /// <summary>A token: whole, and its end alone, which is where its random part stands.</summary>
    public static IReadOnlyList<Secret> OfToken(string name, string token) =>
        [OfText(name, token), OfText($"{name}, its last 24 characters", token[^24..])];

    /// <summary>A hardware address: in every usual notation, and its six bytes.</summary>
    public static Secret OfMac(string name, string mac)
    {
        var bytes = Convert.FromHexString(mac.Replace(":", "", StringComparison.Ordinal));
        return Create(name,
        [
            .. new[] { ":", "-", "" }.Select(separator => Encoding.UTF8.GetBytes(mac.Replace(":", separator, StringComparison.Ordinal))),
            bytes, .. Encoded(Encoding.UTF8.GetBytes(mac)), .. Encoded(bytes),
        ]);
    }

    /// <summary>A coordinate: as text, and as an IEEE 754 double, both ways round.</summary>
    public static Secret OfCoordinate(string name, double degrees)
    {
        var (little, big) = (new byte[8], new byte[8]);
        BinaryPrimitives.WriteDoubleLittleEndian(little, degrees);
        BinaryPrimitives.WriteDoubleBigEndian(big, degrees);
        var text = degrees.ToString("R", CultureInfo.InvariantCulture);
        return Create(name, [Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text), little, big, .. Encoded(little), .. Encoded(big)]);
    }

    public override string ToString() => Name;

    private static Secret Create(string name, IEnumerable<byte[]> forms) =>
        new(name, [.. forms.Where(form => form.Length >= ShortestForm).DistinctBy(Convert.ToHexString)]);

    private static IEnumerable<byte[]> Encoded(byte[] bytes)
    {
        yield return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes));

        // Three bytes become four characters: what comes before decides where in them it starts.
        for (var before = 0; before < 3; before++)
        {
            var all = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var from = (before * 8 + 5) / 6;
            var to = (before + bytes.Length) * 8 / 6;
            var base64 = all[from..to];
            yield return Encoding.ASCII.GetBytes(base64);
            yield return Encoding.ASCII.GetBytes(base64.Replace('+', '-').Replace('/', '_'));
        }
    }
}
