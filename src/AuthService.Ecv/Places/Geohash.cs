namespace AuthService.Ecv.Places;

/// <summary>The geohash grid (Niemeyer 2008) at lengths 4, 5 and 6: cells of about 39 × 20, 4.9 × 4.9 and 1.2 × 0.6 km at the equator.</summary>
internal static class Geohash
{
    /// <summary>Characters of the finest level's cells.</summary>
    public const int MaxLength = 6;

    private const long HalfTurn = 1_800_000_000;
    private const long QuarterTurn = 900_000_000;

    private static ReadOnlySpan<byte> Alphabet => "0123456789bcdefghjkmnpqrstuvwxyz"u8;

    /// <summary>Characters of a level's cells.</summary>
    public static int LengthOf(int level) => level + 4;

    /// <summary>Five bits a character, the first of them of the longitude.</summary>
    public static int LongitudeBits(int level) => ((LengthOf(level) * 5) + 1) / 2;

    public static int LatitudeBits(int level) => LengthOf(level) * 5 / 2;

    /// <summary>The cell that holds a place, and where in it the place lies.</summary>
    public static Location Locate(GeoFix fix, int level)
    {
        var (column, east) = Divide(fix.Longitude + HalfTurn, 2 * HalfTurn, LongitudeBits(level));
        var (row, north) = Divide(fix.Latitude + QuarterTurn, 2 * QuarterTurn, LatitudeBits(level));
        return new Location(new GridCell(level, column, row), east, north);
    }

    /// <summary>A cell's name in ASCII; room for <see cref="MaxLength"/> is enough.</summary>
    public static ReadOnlySpan<byte> Encode(GridCell cell, Span<byte> room)
    {
        // The bits of column and row alternate, the first being the column's: the last is, too, where they are an odd number.
        var length = LengthOf(cell.Level);
        var (columns, rows) = (Spread((uint)cell.Column), Spread((uint)cell.Row));
        var bits = length % 2 == 0 ? (columns << 1) | rows : columns | (rows << 1);
        for (var at = length - 1; at >= 0; at--)
        {
            room[at] = Alphabet[(int)(bits & 31)];
            bits >>= 5;
        }

        return room[..length];
    }

    /// <summary>Sixteen bits at every second place, from the last on.</summary>
    private static uint Spread(uint bits)
    {
        bits = (bits | (bits << 8)) & 0x00FF_00FF;
        bits = (bits | (bits << 4)) & 0x0F0F_0F0F;
        bits = (bits | (bits << 2)) & 0x3333_3333;
        return (bits | (bits << 1)) & 0x5555_5555;
    }

    /// <summary>Which of 2^bits equal parts of the whole, and where in it, in units of 2⁻¹⁶.</summary>
    private static (int Index, uint Fraction) Divide(long position, long whole, int bits)
    {
        // The north pole belongs to the last row.
        var scaled = (UInt128)(ulong)Math.Min(position, whole - 1) << (bits + 16);
        var parts = (ulong)(scaled / (ulong)whole);
        return ((int)(parts >> 16), (uint)(parts & 0xFFFF));
    }
}

/// <summary>A place on the grid.</summary>
/// <param name="Cell">The cell that holds it.</param>
/// <param name="East">How far from the cell's western border, in cells, in units of 2⁻¹⁶.</param>
/// <param name="North">How far from its southern border.</param>
internal readonly record struct Location(GridCell Cell, uint East, uint North);

/// <summary>A cell of the grid.</summary>
internal readonly record struct GridCell(int Level, int Column, int Row)
{
    /// <summary>The cell beside, around the world eastward; null beyond a pole.</summary>
    public GridCell? Beside(int east, int north)
    {
        var columns = 1 << Geohash.LongitudeBits(Level);
        var row = Row + north;
        return row < 0 || row >= 1 << Geohash.LatitudeBits(Level)
            ? null
            : this with { Column = (Column + east + columns) % columns, Row = row };
    }
}
