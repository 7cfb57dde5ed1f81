using System.Globalization;

namespace AuthService.SystemTests.Harness;

/// <summary>What <c>/metrics</c> says, in Prometheus' text format.</summary>
public static class Metrics
{
    public static async Task<string> PageAsync(ServiceProcess service) => await WebPage.ReadAsync(new Uri(service.WebAddress, "/metrics"));

    /// <summary>The sum of a metric over all its labels.</summary>
    public static async Task<double> ReadAsync(ServiceProcess service, string name)
    {
        var lines = (await PageAsync(service)).Split('\n')
            .Where(line => line.StartsWith($"{name}{{", StringComparison.Ordinal) || line.StartsWith($"{name} ", StringComparison.Ordinal))
            .ToList();
        lines.ShouldNotBeEmpty($"there is no metric {name}");
        return lines.Sum(Value);
    }

    private static double Value(string line)
    {
        // name{labels} value timestamp
        var fields = line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return double.Parse(line.Contains('}', StringComparison.Ordinal) ? fields[0] : fields[1], CultureInfo.InvariantCulture);
    }
}
