using AuthService.SystemTests.Harness;

namespace AuthService.SystemTests.LoadTest;

/// <summary>That the benchmark runs. What it shows, it shows on a machine that does nothing else.</summary>
public sealed class LoginOracleTests
{
    [Fact]
    public async Task Answers_to_known_and_unknown_identifiers_are_the_same_to_the_last_trailer()
    {
        var benchmark = Path.Combine(AppContext.BaseDirectory, "AuthService.LoadTest.dll");

        var (_, output) = await ChildProcess.RunAsync("dotnet", [benchmark, "login-oracle", "--pairs", "5"], patience: TimeSpan.FromMinutes(2));

        output.Split("the same in all 15 answers").Length.ShouldBe(3, output);
    }
}
