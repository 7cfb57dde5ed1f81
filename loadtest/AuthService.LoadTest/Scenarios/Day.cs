using AuthService.LoadTest.Load;
using AuthService.LoadTest.Subject;

namespace AuthService.LoadTest.Scenarios;

/// <summary>What a service sees all day: mostly validations, some refreshes, a few logins; more by day than by night.</summary>
internal static class Day
{
    /// <summary>Calls a second at the busiest hour.</summary>
    public const double Peak = 1_000;

    private const double Refreshes = .05;
    private const double Logins = .01;

    /// <summary>A day of this length; the quietest hour has a fifth of the busiest.</summary>
    public static Func<TimeSpan, double> Of(TimeSpan length) => at => Peak * (.6 - (.4 * Math.Cos(2 * Math.PI * (at / length))));

    /// <summary>As many all the time as on average over a day.</summary>
    public static double Even(TimeSpan at) => Peak * .6;

    /// <summary>All three at once, each to its share.</summary>
    public static async Task<(LoadResult Validations, LoadResult Refreshes, LoadResult Logins)> LiveAsync(
        Bench bench, Func<TimeSpan, double> perSecond, TimeSpan time)
    {
        var server = bench.Subject.Process;
        var validations = OpenLoop.RunAsync(at => perSecond(at) * (1 - Refreshes - Logins), time, server, number => ValidateAsync(bench, number));
        var refreshes = OpenLoop.RunAsync(at => perSecond(at) * Refreshes, time, server, number => Refresh.RefreshAsync(bench, SessionOf(bench, number)));
        var logins = OpenLoop.RunAsync(at => perSecond(at) * Logins, time, server, number => Login.LogInAsync(bench, (int)(number % bench.Residents.People)));
        return (await validations, await refreshes, await logins);
    }

    /// <summary>Not the first session of anybody, which their logins replace.</summary>
    private static int SessionOf(Bench bench, long number)
    {
        var (people, sessions) = (bench.Residents.People, bench.Residents.Sessions);
        return people + (int)(number % (sessions - people));
    }

    /// <summary>The token is what its owner has at that moment: each is refreshed before it ends.</summary>
    private static Task<int> ValidateAsync(Bench bench, long number) =>
        Validate.ActiveAsync(bench.Service, (int)(number % int.MaxValue), bench.Validation(SessionOf(bench, number)));
}
