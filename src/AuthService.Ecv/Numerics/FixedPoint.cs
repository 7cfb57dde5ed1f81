namespace AuthService.Ecv.Numerics;

/// <summary>
/// Logarithms and powers of two in integers. Floating-point logarithms differ between machines and libraries in the last
/// place; a verdict must not.
/// </summary>
internal static class FixedPoint
{
    /// <summary>Logarithms are in units of 2⁻²⁰.</summary>
    public const int LogBits = 20;

    /// <summary>Ratios are in units of 2⁻⁵⁶.</summary>
    public const int RatioBits = 56;

    /// <summary>A ratio of one.</summary>
    public static readonly UInt128 One = UInt128.One << RatioBits;

    private const int TableBits = 8;
    private static readonly ulong[] Powers = BuildPowers();

    /// <summary>log₂ of a positive whole number, in units of 2⁻²⁰, rounded down. Never decreases where the number grows.</summary>
    public static long Log2(UInt128 number)
    {
        var whole = (int)UInt128.Log2(number);
        // The mantissa in [1, 2), in units of 2⁻⁶³. Squaring it doubles its logarithm; each doubling yields one binary place.
        var mantissa = (ulong)(whole >= 63 ? number >> (whole - 63) : number << (63 - whole));
        long logarithm = whole;
        for (var place = 0; place < LogBits; place++)
        {
            var high = Math.BigMul(mantissa, mantissa, out var low);
            logarithm <<= 1;
            if (high >= 1UL << 63)
            {
                logarithm |= 1;
                mantissa = high;
            }
            else
            {
                mantissa = (high << 1) | (low >> 63);
            }
        }

        return logarithm;
    }

    /// <summary>log₂ of a ratio.</summary>
    public static long LogOfRatio(UInt128 ratio) => Log2(ratio) - ((long)RatioBits << LogBits);

    /// <summary>The ratio whose logarithm this is, between 2⁻⁵⁶ and 2⁶⁰. Never decreases where the logarithm grows.</summary>
    public static UInt128 RatioOfLog(long logarithm)
    {
        var whole = (int)(logarithm >> LogBits);
        var fraction = logarithm & ((1L << LogBits) - 1);

        // Linear between 257 exact points of the curve: off by less than 2⁻¹⁹ of the value.
        var index = (int)(fraction >> (LogBits - TableBits));
        var within = (ulong)(fraction & ((1L << (LogBits - TableBits)) - 1));
        var step = Powers[index + 1] - Powers[index];
        UInt128 mantissa = Powers[index] + ((step * within) >> (LogBits - TableBits));
        var shift = whole + RatioBits - PowerBits;
        return UInt128.Max(shift >= 0 ? mantissa << shift : mantissa >> -shift, UInt128.One);
    }

    /// <summary>Rounded down. Three divisions of machine words, where the framework's own takes a dozen.</summary>
    public static UInt128 Divide(UInt128 dividend, uint divisor)
    {
        var (high, low) = ((ulong)(dividend >> 64), (ulong)dividend);
        var (upper, remainder) = Math.DivRem(high, divisor);
        (var middle, remainder) = Math.DivRem((remainder << 32) | (low >> 32), divisor);
        var lower = ((remainder << 32) | (uint)low) / divisor;
        return new UInt128(upper, (middle << 32) | lower);
    }

    /// <summary>Thousandths of a bit, rounded to the nearest.</summary>
    public static long ToMillibits(long logarithm) => ((logarithm * 1000) + (1L << (LogBits - 1))) >> LogBits;

    private const int PowerBits = 50;

    /// <summary>2^(i/256) in units of 2⁻⁵⁰, for i from 0 to 256.</summary>
    private static ulong[] BuildPowers()
    {
        // 2^(1/256) is the square root of 2, eight times over; in units of 2⁻⁶².
        UInt128 root = UInt128.One << 63;
        for (var halving = 0; halving < TableBits; halving++)
            root = SquareRoot(root << 62);

        var powers = new ulong[(1 << TableBits) + 1];
        UInt128 power = UInt128.One << 62;
        for (var index = 0; index < powers.Length; index++)
        {
            powers[index] = (ulong)(power >> (62 - PowerBits));
            power = (power * root) >> 62;
        }

        powers[^1] = 1UL << (PowerBits + 1);
        return powers;
    }

    private static UInt128 SquareRoot(UInt128 number)
    {
        UInt128 root = 0;
        for (var bit = UInt128.One << 63; bit > 0; bit >>= 1)
        {
            if ((root | bit) * (root | bit) <= number)
                root |= bit;
        }

        return root;
    }
}
