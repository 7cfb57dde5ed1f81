using System.Globalization;
using System.Text;

namespace AuthService.Ecv.Signals;

/// <summary>Reads fields and gathers what is wrong with them.</summary>
internal sealed class FieldReader
{
    private readonly List<SignalViolation> violations = [];

    public IReadOnlyList<SignalViolation> Violations => violations;

    public void Refuse(string field, string description) => violations.Add(new SignalViolation(field, description));

    /// <summary>Trimmed and in NFC; null when absent, blank or refused. NFC so that "é" typed in two ways is one name.</summary>
    public string? Text(string field, string? value, int maxCharacters)
    {
        if (string.IsNullOrEmpty(value) || !IsClean(field, value, maxCharacters))
            return null;

        if (value.AsSpan().ContainsAnyInRange('\u0000', '\u001f') || value.AsSpan().ContainsAnyInRange('\u007f', '\u009f'))
        {
            Refuse(field, "contains a control character");
            return null;
        }

        // U+FFFE is no character, and .NET throws at the attempt to normalise it.
        if (value.Contains('\uFFFE', StringComparison.Ordinal))
        {
            Refuse(field, "contains U+FFFE, which is no character");
            return null;
        }

        // NFC takes some characters apart, so a text can come out longer than it went in.
        var canonical = value.Trim().Normalize(NormalizationForm.FormC);
        return canonical.Length > 0 && IsClean(field, canonical, maxCharacters) ? canonical : null;
    }

    /// <summary>As sent: for what has a limit in octets and whose blanks mean something.</summary>
    public string? Octets(string field, string? value, int maxOctets)
    {
        if (string.IsNullOrEmpty(value) || !IsClean(field, value, maxOctets))
            return null;

        if (value.Contains('\0', StringComparison.Ordinal))
            Refuse(field, "contains a NUL");
        else if (Encoding.UTF8.GetByteCount(value) > maxOctets)
            Refuse(field, string.Create(CultureInfo.InvariantCulture, $"is longer than {maxOctets} octets"));
        else
            return value;
        return null;
    }

    /// <summary>Null when absent, a placeholder, or refused.</summary>
    public Eui48? Address(string field, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return null;

        if (!Eui48.TryParse(value, out var address))
        {
            Refuse(field, "is not an EUI-48, such as 00:1a:2b:3c:4d:5e");
            return null;
        }

        return address.IsPlaceholder ? null : address;
    }

    /// <summary>Null when absent or refused; NaN and infinities are refused.</summary>
    public double? Number(string field, double? value, double least, double most)
    {
        if (value is null || (value >= least && value <= most))
            return value;

        Refuse(field, string.Create(CultureInfo.InvariantCulture, $"is not a number from {least:N0} to {most:N0}"));
        return null;
    }

    private bool IsClean(string field, string value, int maxCharacters)
    {
        // A character outside the basic plane takes two code units: so much for the cheap check, then count.
        if (value.Length > 2 * maxCharacters || CountCharacters(value) > maxCharacters)
            Refuse(field, string.Create(CultureInfo.InvariantCulture, $"is longer than {maxCharacters} characters"));
        else if (CountCharacters(value) < 0)
            Refuse(field, "is not valid Unicode");
        else
            return true;
        return false;
    }

    /// <summary>Unicode scalar values, or -1 when a surrogate stands alone.</summary>
    private static int CountCharacters(string value)
    {
        var count = 0;
        var rest = value.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var units) != System.Buffers.OperationStatus.Done)
                return -1;
            rest = rest[units..];
            count++;
        }

        return count;
    }
}
