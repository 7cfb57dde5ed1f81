using System.Globalization;
using System.Text.RegularExpressions;
using AuthService.SystemTests.Harness;

namespace AuthService.SystemTests.LoadTest;

/// <summary>The scripts for testers with a shell, as their README runs them.</summary>
public sealed partial class GrpcurlScriptsTests
{
    [Fact]
    public async Task The_README_of_the_scripts_does_what_it_says()
    {
        using var data = new DataFolder();
        await using var service = await ServiceProcess.StartAsync(data);
        var script = (await ShellBlocks.ReadAsync("loadtest/grpcurl/README.md", "grpcurl")).ShouldHaveSingleItem();

        var (exitCode, output) = await RunAsync(script, data, service);

        exitCode.ShouldBe(0, output);
        output.ShouldMatch("somebody: signed in, .*\nsomebody: step up by FACTOR_KIND_EMAIL_CODE\nsomebody: stepped up, .*\nsomebody: active, aal1\nsomebody: 64 of 64 active\nsomebody: refreshed");
        output.ShouldContain("SESSION_CHANGE_KIND_ENDED");
        output.ShouldContain("24 runs of login at 4 at once");
        output.ShouldMatch(@"SessionService/ValidateSession +48 calls");
        FailedRuns().Matches(output).Select(run => run.Value).ShouldAllBe(run => run == " 0 not");
    }

    [Fact]
    public async Task A_storm_counts_what_was_refused_by_its_reason_and_fails()
    {
        using var data = new DataFolder();
        await using var service = await ServiceProcess.StartAsync(data);

        var (exitCode, output) = await RunAsync(
            "cd loadtest/grpcurl; ./sign-up; ./verify; jq '.session.refreshToken = \"rt_nonsense\"' $AUTHSERVICE_STATE/somebody.json > $AUTHSERVICE_STATE/a.json; ./storm -n 6 -c 2 refresh a",
            data, service);

        exitCode.ShouldBe(1, output);
        output.ShouldContain("0 well, 6 not");
        output.ShouldContain("6 × unauthenticated SESSION_UNKNOWN");
    }

    private static Task<(int ExitCode, string Output)> RunAsync(string script, DataFolder data, ServiceProcess service) => ChildProcess.RunAsync(
        "bash",
        ["-euo", "pipefail", "-c", script],
        new Dictionary<string, string?>
        {
            ["AUTHSERVICE_DATA"] = data.Path,
            ["AUTHSERVICE_STATE"] = data.PathOf("grpcurl"),
            ["AUTHSERVICE_GRPC_PORT"] = service.GrpcAddress.Port.ToString(CultureInfo.InvariantCulture),
        },
        patience: TimeSpan.FromMinutes(5));

    [GeneratedRegex(@" \d+ not$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FailedRuns();
}
