using System.Globalization;

namespace AuthService.Ecv.Signals;

/// <summary>A 48-bit hardware address (IEEE 802), of a device or an access point.</summary>
public readonly record struct Eui48
{
    /// <summary>Hexadecimal digits of an address.</summary>
    public const int DigitCount = 12;

    private const ulong LocallyAdministered = 0x02_00_00_00_00_00;

    private Eui48(ulong value) => Value = value;

    public ulong Value { get; }

    /// <summary>Made up by software: randomised by the platform, or Android's placeholder 02:00:00:00:00:00.</summary>
    public bool IsLocallyAdministered => (Value & LocallyAdministered) != 0;

    /// <summary>What platforms send instead of an address: all zeroes, all ones, Android's placeholder.</summary>
    public bool IsPlaceholder => Value is 0 or 0xFFFF_FFFF_FFFF or LocallyAdministered;

    /// <summary>Accepts <c>00:1a:2b:3c:4d:5e</c>, <c>00-1A-2B-3C-4D-5E</c>, <c>001a.2b3c.4d5e</c> and <c>001a2b3c4d5e</c>.</summary>
    public static bool TryParse(string text, out Eui48 address)
    {
        address = default;
        var (separator, group) = text.Length switch
        {
            12 => ('\0', 12),
            14 => ('.', 4),
            17 => (text[2], 2),
            _ => ('\0', 0),
        };
        if (group == 0 || (group == 2 && separator is not (':' or '-')))
            return false;

        ulong value = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (at % (group + 1) == group)
            {
                if (text[at] != separator)
                    return false;
            }
            else
            {
                if (!char.IsAsciiHexDigit(text[at]))
                    return false;
                value = (value << 4) | HexValue(text[at]);
            }
        }

        address = new Eui48(value);
        return true;
    }

    private static uint HexValue(char digit) => char.IsAsciiDigit(digit) ? (uint)(digit - '0') : (uint)((digit | 0x20) - 'a' + 10);

    /// <summary>The digits of <see cref="ToString"/>, in ASCII.</summary>
    internal void WriteDigits(Span<byte> ascii) => Value.TryFormat(ascii, out _, "x12", CultureInfo.InvariantCulture);

    /// <summary>Twelve lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x12", CultureInfo.InvariantCulture);
}
