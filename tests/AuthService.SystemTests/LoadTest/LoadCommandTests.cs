using System.Text.Json;
using AuthService.SystemTests.Harness;

namespace AuthService.SystemTests.LoadTest;

/// <summary>That the load test runs. What it shows, it shows on a machine that does nothing else.</summary>
public sealed class LoadCommandTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "AuthService.LoadTest.dll");

    [Fact]
    public async Task Each_figure_is_printed_beside_its_baseline_and_nothing_is_refused()
    {
        using var folder = new DataFolder();
        var json = folder.PathOf("findings.json");
        string[] scenarios = ["validate-hot", "batch", "refresh", "login", "login-alone", "login-storm", "mixed"];

        var (_, output) = await ChildProcess.RunAsync(
            "dotnet", [Program, "load", .. scenarios, "--seconds", "1", "--rounds", "1", "--people", "32", "--sessions", "2", "--json", json],
            patience: TimeSpan.FromMinutes(3));

        File.Exists(json).ShouldBeTrue(output);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        var findings = document.RootElement.EnumerateArray().ToList();
        findings.Select(finding => finding.GetProperty("scenario").GetString()).Distinct().ShouldBe(scenarios);
        foreach (var finding in findings)
        {
            finding.GetProperty("calls").GetInt64().ShouldBeGreaterThan(0, finding.ToString());
            finding.GetProperty("baseline").GetDouble().ShouldBeGreaterThan(0, finding.ToString());
            finding.GetProperty("refused").EnumerateObject().ShouldBeEmpty(finding.ToString());
            output.ShouldContain($"| `{finding.GetProperty("scenario").GetString()}` |");
        }
    }

    [Theory]
    [InlineData("load no-such-scenario", "no-such-scenario")]
    [InlineData("load login --seconds 0", "--seconds must be 1 to 600.")]
    [InlineData("load login --against nowhere --data /tmp", "--against must be an address like http://127.0.0.1:5000.")]
    [InlineData("load login --against http://127.0.0.1:1", "--against and --data go together.")]
    public async Task What_cannot_be_run_is_said_before_anything_is_started(string command, string said)
    {
        var (exitCode, output) = await ChildProcess.RunAsync("dotnet", [Program, .. command.Split(' ')]);

        exitCode.ShouldBe(1);
        output.ShouldContain(said);
    }
}
