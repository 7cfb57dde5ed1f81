namespace AuthService.Ecv.Places;

/// <summary>The geohash grid (Niemeyer 2008) at lengths 4, 5 and 6: cells of about 39 × 20, 4.9 × 4.9 and 1.2 × 0.6 km at the equator.</summary>
internal static class Geohash
{
    private const string Alphabet = "0123456789bcdefghjkmnpqrstuvwxyz";
    private const long HalfTurn = 1_800_000_000;
    private const long QuarterTurn = 900_000_000;

    /// <summary>Characters of a level's cells.</summary>
    public static int LengthOf(int level) => level + 4;

    /// <summary>Five bits a character, the first of them of the longitude.</summary>
    public static int LongitudeBits(int level) => ((LengthOf(level) * 5) + 1) / 2;

    public static int LatitudeBits(int level) => LengthOf(level) * 5 / 2;

    /// <summary>The cell that holds a place, and where in it the place lies.</summary>
    public static (GridCell Cell, uint East, uint North) Locate(GeoFix fix, int level)
    {
        var (column, east) = Divide(fix.Longitude + HalfTurn, 2 * HalfTurn, LongitudeBits(level));
        var (row, north) = Divide(fix.Latitude + QuarterTurn, 2 * QuarterTurn, LatitudeBits(level));
        return (new GridCell(level, column, row), east, north);
    }

    public static string Encode(GridCell cell)
    {
        var (longitudeBits, latitudeBits) = (LongitudeBits(cell.Level), LatitudeBits(cell.Level));
        return string.Create(LengthOf(cell.Level), (cell, longitudeBits, latitudeBits), static (text, state) =>
        {
            var (column, row) = (state.longitudeBits, state.latitudeBits);
            for (var at = 0; at < text.Length; at++)
            {
                var character = 0;
                for (var bit = 0; bit < 5; bit++)
                {
                    var ofLongitude = ((at * 5) + bit) % 2 == 0;
                    character = (character << 1)
                        | (ofLongitude ? (state.cell.Column >> --column) & 1 : (state.cell.Row >> --row) & 1);
                }

                text[at] = Alphabet[character];
            }
        });
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
