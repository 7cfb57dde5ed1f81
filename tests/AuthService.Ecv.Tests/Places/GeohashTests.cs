using System.Text;
using AuthService.Ecv.Places;
using CsCheck;

namespace AuthService.Ecv.Tests.Places;

public sealed class GeohashTests
{
    // Published examples: geohash.org and the article on Wikipedia.
    [Theory]
    [InlineData(57.64911, 10.40744, "u4pruy")]
    [InlineData(42.605, -5.603, "ezs42")]
    [InlineData(-25.382708, -49.265506, "6gkzwg")]
    [InlineData(52.520008, 13.404954, "u33dc0")]
    public void Cells_carry_their_published_names(double latitude, double longitude, string name)
    {
        var fix = GeoFix.Of(latitude, longitude, 5);

        Enumerable.Range(0, 3).Select(level => NameOf(fix, level))
            .ShouldAllBe(cell => name.StartsWith(cell, StringComparison.Ordinal) || cell.StartsWith(name, StringComparison.Ordinal));
    }

    [Fact]
    public void Poles_and_date_line_lie_in_cells_too()
    {
        var corners = new[] { (90.0, 180.0), (90, -180), (-90, 180), (-90, -180) };

        var names = corners.Select(corner => NameOf(GeoFix.Of(corner.Item1, corner.Item2, 5), 2));

        names.ShouldBe(["bpbpbp", "bpbpbp", "000000", "000000"]);
    }

    [Fact]
    public void A_cell_is_its_neighbours_neighbour() =>
        Gen.Select(Walks.Anywhere, Gen.Int[0, 2], Gen.Int[-1, 1], Gen.Int[-1, 1]).Sample((place, level, east, north) =>
        {
            var cell = Geohash.Locate(GeoFix.Of(place.Latitude, place.Longitude, 5), level).Cell;

            return cell.Beside(east, north) is not { } beside || beside.Beside(-east, -north) == cell;
        }, iter: Worlds.Cases);

    [Fact]
    public void Cells_say_all_at_the_equator_and_nothing_at_the_poles()
    {
        var (equator, berlin, north, pole) = (GeoFix.Of(0, 0, 5), GeoFix.Of(52.5, 0, 5), GeoFix.Of(70, 0, 5), GeoFix.Of(90, 0, 5));

        Surroundings.FadeAt(equator, 2).ShouldBe(Surroundings.One);
        Surroundings.FadeAt(berlin, 2).ShouldBe(Surroundings.One);
        Surroundings.FadeAt(north, 2).ShouldBeInRange(Surroundings.One / 2, Surroundings.One - 1);
        Surroundings.FadeAt(pole, 2).ShouldBe(0U);
    }

    private static string NameOf(GeoFix fix, int level) =>
        Encoding.ASCII.GetString(Geohash.Encode(Geohash.Locate(fix, level).Cell, stackalloc byte[Geohash.MaxLength]));
}
