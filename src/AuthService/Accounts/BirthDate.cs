using Date = Google.Type.Date;

namespace AuthService.Accounts;

/// <summary>A date of birth, in the Gregorian calendar. Looked at once, for the age gate; never stored.</summary>
internal readonly record struct BirthDate
{
    /// <summary>Nobody was ever older, by far (Jeanne Calment, 122).</summary>
    private const int MaxAge = 150;

    private readonly DateOnly _day;

    private BirthDate(DateOnly day) => _day = day;

    /// <summary>False for what is no day of the calendar, lies ahead of <paramref name="today"/>, or further back than a life is long.</summary>
    public static bool TryParse(Date? date, DateOnly today, out BirthDate birth)
    {
        birth = default;
        if (date is not { Year: >= 1 and <= 9999, Month: >= 1 and <= 12, Day: >= 1 } || date.Day > DateTime.DaysInMonth(date.Year, date.Month))
            return false;

        birth = new BirthDate(new DateOnly(date.Year, date.Month, date.Day));
        return birth._day <= today && birth.AgeOn(today) <= MaxAge;
    }

    /// <summary>Whole years. Who was born on 29 February turns a year older on 1 March where there is no such day.</summary>
    public int AgeOn(DateOnly day) => day.Year - _day.Year - ((day.Month, day.Day).CompareTo((_day.Month, _day.Day)) < 0 ? 1 : 0);

    public override string ToString() => "[date of birth]";
}
