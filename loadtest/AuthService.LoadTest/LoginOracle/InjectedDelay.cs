using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace AuthService.LoadTest.LoginOracle;

/// <summary>
/// The oracle that the benchmark has to find: in front of the service, a call spins for as long as it asks for. It stands in for
/// a service that does more, or less, for identifiers that nobody has.
/// </summary>
internal sealed class InjectedDelay : IStartupFilter
{
    /// <summary>Every measured call carries it, three digits long, so that it makes no difference by itself.</summary>
    public const string Header = "x-spin-microseconds";

    public static string Of(int microseconds) => microseconds.ToString("000", CultureInfo.InvariantCulture);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((call, service) =>
        {
            var started = Stopwatch.GetTimestamp();
            if (int.TryParse(call.Request.Headers[Header], CultureInfo.InvariantCulture, out var microseconds))
            {
                var until = started + microseconds * Stopwatch.Frequency / 1_000_000;
                while (Stopwatch.GetTimestamp() < until)
                    Thread.SpinWait(10);
            }

            return service(call);
        });
        next(app);
    };
}
