using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>Where somebody is at a moment, and what he holds in his hand.</summary>
/// <param name="Day">Days since the start.</param>
/// <param name="Place">Where he is; null on the way.</param>
/// <param name="Fix">Where exactly.</param>
/// <param name="Country">Which country that is in.</param>
/// <param name="City">Which city.</param>
/// <param name="Carrier">Whose cells his phone sees.</param>
/// <param name="Thing">What he logs in from.</param>
/// <param name="IsAway">On a trip.</param>
internal sealed record Moment(double Day, Place? Place, Fix Fix, Country Country, City City, Isp Carrier, Thing Thing, bool IsAway)
{
    public static Moment Of(Person person, double day, DateTimeOffset time, ref Dice dice)
    {
        var phone = person.PhoneOn(day);
        if (person.TripOn(day) is { } trip)
        {
            var there = dice.Chance(0.6) ? trip.Hotel : null;
            var out_ = trip.Hotel.City.Centre.Moved(5 * dice.Normal(), 5 * dice.Normal(), 30);
            var thing = there is not null && person.Laptop is { } laptop && dice.Chance(0.2) ? laptop : phone;
            return new Moment(day, there, there?.Fix ?? out_, trip.Hotel.City.Country, trip.Hotel.City, trip.Carrier, thing, IsAway: true);
        }

        var place = Whereabouts(person, time, ref dice);
        var city = place?.City ?? person.Home.City;
        var on = person.Work is { } work && dice.Chance(0.7) ? work.Fix : person.ThirdPlaces[0].Fix;
        var share = dice.Unit();
        var way = new Fix(
            person.Home.Fix.Latitude + (share * (on.Latitude - person.Home.Fix.Latitude)),
            person.Home.Fix.Longitude + (share * (on.Longitude - person.Home.Fix.Longitude)), 30);
        return new Moment(day, place, place?.Fix ?? way, city.Country, city, person.Carrier, Hold(person, place, phone, ref dice), IsAway: false);
    }

    /// <summary>At work on weekdays, at home otherwise; now and then on the way or somewhere else.</summary>
    private static Place? Whereabouts(Person person, DateTimeOffset time, ref Dice dice)
    {
        var local = person.LocalHour(time);
        var isWeekday = time.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        var habits = person.Habits;
        if (person.Work is { } work && isWeekday && local is >= 8 and < 17)
            return dice.Chance(habits.AtWork) ? work : dice.Chance(habits.Away) ? null : person.Home;
        if (!dice.Chance(habits.Away))
            return person.Home;
        return dice.Unit() switch
        {
            < 0.45 => null,
            < 0.7 => person.ThirdPlaces[0],
            < 0.88 => person.ThirdPlaces[1],
            _ => Place.Create(dice.Next(), PlaceKind.Cafe, dice.Below(1_000_000), person.Home.City),
        };
    }

    private static Thing Hold(Person person, Place? place, Thing phone, ref Dice dice) => place switch
    {
        { Kind: PlaceKind.Work } when person.WorkComputer is { } computer && dice.Chance(person.Habits.Computer) => computer,
        { Kind: PlaceKind.Home } when person.Laptop is { } laptop && dice.Chance(person.Habits.Computer) => laptop,
        { Kind: PlaceKind.Home } when person.Tablet is { } tablet && dice.Chance(0.08) => tablet,
        _ => phone,
    };
}
