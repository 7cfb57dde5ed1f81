using AuthService.Ecv.Places;

namespace AuthService.Ecv.Tests.Places;

public sealed class GeoFixTests
{
    [Theory]
    [InlineData(52.52, 13.405, 20_000.0)]
    [InlineData(-90, 180, null)]
    [InlineData(90, -180, 0.0)]
    [InlineData(0, 0, 1_000_000.0)]
    public void A_place_on_Earth_is_one_however_little_is_known_of_it(double latitude, double longitude, double? accuracy)
    {
        GeoFix.TryCreate(latitude, longitude, accuracy, out var fix).ShouldBeTrue();

        fix.ShouldBe(GeoFix.Of(latitude, longitude, accuracy));
    }

    [Theory]
    [InlineData(90.1, 0, null)]
    [InlineData(0, -180.1, null)]
    [InlineData(double.NaN, 0, null)]
    [InlineData(0, double.PositiveInfinity, null)]
    [InlineData(0, 0, -1.0)]
    [InlineData(0, 0, double.NaN)]
    [InlineData(0, 0, 1e9)]
    public void What_is_no_place_on_Earth_is_none(double latitude, double longitude, double? accuracy)
    {
        GeoFix.TryCreate(latitude, longitude, accuracy, out var fix).ShouldBeFalse();

        fix.ShouldBeNull();
    }
}
