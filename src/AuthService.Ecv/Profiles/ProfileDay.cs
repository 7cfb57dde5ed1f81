namespace AuthService.Ecv.Profiles;

/// <summary>A UTC day as a profile stores it: days since the start of 2020, so that 16 bits last until 2199. 0 means none.</summary>
internal static class ProfileDay
{
    /// <summary>What was not seen for so many days is forgotten: half a year.</summary>
    public const int FadesAfter = 183;

    private static readonly DateOnly Start = new(2019, 12, 31);

    public static ushort Of(DateTimeOffset time) =>
        (ushort)Math.Clamp(DateOnly.FromDateTime(time.UtcDateTime).DayNumber - Start.DayNumber, 1, ushort.MaxValue);

    public static DateOnly ToDate(ushort day) => Start.AddDays(day);

    public static bool HasFaded(ushort lastSeen, ushort today) => today - lastSeen > FadesAfter;
}
