using AuthService.Accounts;
using Google.Type;

namespace AuthService.Tests.Accounts;

public sealed class BirthDateTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData(2000, 2, 29, "2026-02-28", 25)]
    [InlineData(2000, 2, 29, "2026-03-01", 26)]
    [InlineData(2000, 2, 29, "2028-02-29", 28)]
    [InlineData(2010, 11, 23, "2026-11-22", 15)]
    [InlineData(2010, 11, 23, "2026-11-23", 16)]
    [InlineData(2010, 12, 31, "2027-01-01", 16)]
    public void A_year_is_full_on_the_birthday(int year, int month, int day, string on, int age)
    {
        BirthDate.TryParse(new Date { Year = year, Month = month, Day = day }, Today, out var birth).ShouldBeTrue();

        birth.AgeOn(DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(age);
    }

    [Theory]
    [InlineData(2026, 11, 24)]
    [InlineData(1875, 11, 23)]
    [InlineData(2001, 2, 29)]
    [InlineData(2001, 4, 31)]
    [InlineData(2001, 0, 1)]
    [InlineData(2001, 1, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(int.MaxValue, 1, 1)]
    [InlineData(int.MinValue, int.MinValue, int.MinValue)]
    public void What_nobody_alive_can_have_been_born_on_is_refused(int year, int month, int day)
    {
        var parsed = BirthDate.TryParse(new Date { Year = year, Month = month, Day = day }, Today, out _);

        parsed.ShouldBeFalse();
    }

    [Fact]
    public void It_does_not_tell_itself()
    {
        BirthDate.TryParse(new Date { Year = 1990, Month = 5, Day = 17 }, Today, out var birth).ShouldBeTrue();

        birth.ToString().ShouldBe("[date of birth]");
    }
}
