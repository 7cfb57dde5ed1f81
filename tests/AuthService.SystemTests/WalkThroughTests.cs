using AuthService.SystemTests.Harness;

namespace AuthService.SystemTests;

/// <summary>README's walk-through, word for word.</summary>
public sealed class WalkThroughTests
{
    [Fact]
    public async Task The_walk_through_of_the_README_does_what_it_says()
    {
        using var data = new DataFolder();
        await using var service = await ServiceProcess.StartAsync(data);
        var blocks = await ShellBlocks.ReadAsync("README.md", "walkthrough");
        blocks.Count.ShouldBeGreaterThan(5);

        var variables = new Dictionary<string, string?>
        {
            ["AUTHSERVICE_DATA"] = data.Path,
            ["AUTHSERVICE_GRPC_PORT"] = service.GrpcAddress.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        var (exitCode, output) = await ChildProcess.RunAsync(
            "bash", ["-euo", "pipefail", "-c", string.Join('\n', blocks)], variables, patience: TimeSpan.FromMinutes(2));

        exitCode.ShouldBe(0, output);
        output.ShouldMatch("""
            (?x)^
            allowed:\ [a-z\ ]+\n                                        # known surroundings, known device
            active:\ acc_de_\w+\n
            active:\ acc_de_\w+\n                                       # from abroad, after the step-up
            inactive:\ INACTIVE_REASON_REVOKED\n
            DECISION_(STEP_UP|DENY)\ GATE_SHUT\ \d+\ millibits\n        # a stranger
            (\ \ [a-z.]+:\ EVIDENCE_CODE_\w+\ \d+(\n|$))+
            """);
    }
}
