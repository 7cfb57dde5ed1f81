using AuthService.Ecv.Numerics;

namespace AuthService.Ecv.Places;

/// <summary>The cells around a place, and how near it is to each, so that moving a few metres over a border changes little.</summary>
internal static class Surroundings
{
    /// <summary>One, in units of 2⁻¹⁶.</summary>
    public const uint One = 1 << 16;

    /// <summary>No place has more neighbours.</summary>
    public const int MaxCount = 8;

    /// <summary>
    /// A level's cells narrow towards the poles, and its evidence would change ever faster with the metres; where they are
    /// narrower than this, the level counts less in proportion. Metres; the height of a cell of the finest level.
    /// </summary>
    private const int NarrowestCell = 611;

    private const long EquatorMetres = 40_075_017;

    /// <summary>2^-ShareOctaves of a neighbour's history speaks for a place one cell away, and then nothing.</summary>
    private const int ShareOctaves = 6;

    /// <summary>The neighbours that exist, west to east and south to north in each column; returns how many.</summary>
    /// <param name="place">The place.</param>
    /// <param name="around">Room for <see cref="MaxCount"/>.</param>
    public static int Of(Location place, Span<NearCell> around)
    {
        Span<uint> shares = [Share(place.North), One, Share(One - place.North)];
        var count = 0;
        for (var columns = -1; columns <= 1; columns++)
        {
            var across = Distance(columns, place.East);
            var share = Share(across);
            for (var rows = -1; rows <= 1; rows++)
            {
                if ((columns, rows) == (0, 0) || place.Cell.Beside(columns, rows) is not { } neighbour)
                    continue;

                var closeness = Product(One - across, One - Distance(rows, place.North));
                around[count++] = new NearCell(neighbour, closeness, Product(share, shares[rows + 1]));
            }
        }

        return count;
    }

    /// <summary>How much a level says at a latitude, in units of 2⁻¹⁶.</summary>
    public static uint FadeAt(GeoFix fix, int level)
    {
        // Bhaskara I's cosine, (32400 − 4d²) / (32400 + d²) for d degrees: off by at most 0.0017, and exact arithmetic.
        const long whole = 32_400L * 100_000_000_000_000;
        var square = fix.Latitude * fix.Latitude;
        var cosine = (ulong)((((UInt128)(ulong)(whole - (4 * square))) << 16) / (ulong)(whole + square));
        var width = ((ulong)EquatorMetres * cosine) >> Geohash.LongitudeBits(level);
        return (uint)Math.Min(width / NarrowestCell, One);
    }

    /// <summary>From a place to the neighbour on that side, in cells.</summary>
    private static uint Distance(int side, uint position) => side switch
    {
        < 0 => position,
        > 0 => One - position,
        _ => 0,
    };

    private static uint Share(uint distance)
    {
        const int unit = FixedPoint.RatioBits - 16;
        var decayed = (uint)(FixedPoint.RatioOfLog(-((long)distance * ShareOctaves) << (FixedPoint.LogBits - 16)) >> unit);
        const uint rest = One >> ShareOctaves;
        return (uint)(((ulong)(decayed - rest) << 16) / (One - rest));
    }

    private static uint Product(uint left, uint right) => (uint)(((ulong)left * right) >> 16);
}

/// <summary>A cell beside a place's own.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Closeness">As <see cref="Tokens.NeighbourCell"/> has it.</param>
/// <param name="Share">Likewise.</param>
internal readonly record struct NearCell(GridCell Cell, uint Closeness, uint Share);
