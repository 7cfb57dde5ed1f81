using System.Text.Json.Serialization;
using AuthService.LoadTest.Scenarios;
using AuthService.LoadTest.Statistics;

namespace AuthService.LoadTest.ColdStart;

/// <summary>One of the things that are measured, of the service and of the bare server.</summary>
/// <param name="Name">What.</param>
/// <param name="Unit">Of all its numbers.</param>
/// <param name="Promise">The most that the service may take, or null where nothing is promised.</param>
/// <param name="Service">Of each start.</param>
/// <param name="Bare">The same.</param>
internal sealed record Figure(string Name, string Unit, double? Promise, IReadOnlyList<double> Service, IReadOnlyList<double> Bare)
{
    public double ServiceMedian => Quantile.Of(Service, 0.5);

    public double BareMedian => Quantile.Of(Bare, 0.5);

    public double Ratio => ServiceMedian / BareMedian;

    /// <summary>By the median: what else a shared machine does now and then is not the service's.</summary>
    [JsonIgnore]
    public bool IsKept => Promise is not { } promise || ServiceMedian <= promise;

    /// <summary>As a line of the load test's table.</summary>
    [JsonIgnore]
    public Finding Finding => new("cold-start", Name, ServiceMedian, Unit, "a bare server, published alike", BareMedian)
    {
        Goal = Promise is { } promise ? Goal.AtMost(promise, Unit) : null,
    };

    public static IReadOnlyList<Figure> Of(IReadOnlyList<Visit> service, IReadOnlyList<Visit> bare)
    {
        return
        [
            Make("says that it is ready", "ms", null, visit => visit.Ready),
            Make("first answer (health)", "ms", 1_500, visit => visit.FirstAnswer),
            Make("then a validation, answered", "ms", null, visit => visit.FirstValidation),
            Make("then a login, answered", "ms", null, visit => visit.FirstLogin),
            Make("idle: resident", "MiB", 150, visit => visit.Resident),
            Make("idle: of that no file's", "MiB", null, visit => visit.Anonymous),
        ];

        Figure Make(string name, string unit, double? promise, Func<Visit, double> of) =>
            new(name, unit, promise, [.. service.Select(of)], [.. bare.Select(of)]);
    }
}
