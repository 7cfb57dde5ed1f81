using System.Globalization;

namespace AuthService.Cli.Output;

/// <summary>Millibits for people.</summary>
internal static class Bits
{
    private const int HalfWidth = 16;

    public static string InWords(long millibits) => (millibits / 1000m).ToString("+0.0;-0.0;0", CultureInfo.InvariantCulture);

    /// <summary>A bar to the left for trust, to the right for doubt.</summary>
    /// <param name="millibits">What it shows.</param>
    /// <param name="largest">What fills one side, above 0.</param>
    public static string Bar(long millibits, long largest)
    {
        // At least one block for what is not nothing.
        var length = (int)Math.Min(HalfWidth, ((Math.Abs(millibits) * HalfWidth) + largest - 1) / largest);
        var blocks = new string('█', length);
        return millibits < 0 ? $"{blocks.PadLeft(HalfWidth)}│{"".PadRight(HalfWidth)}" : $"{"".PadLeft(HalfWidth)}│{blocks.PadRight(HalfWidth)}";
    }
}
