using AuthService.SystemTests.Harness;

namespace AuthService.SystemTests;

/// <summary>The whole story, told by clients that share no code with the service: their own gRPC, their own cryptography.</summary>
public sealed class OtherLanguagesTests
{
    [Theory]
    [InlineData("node", "examples/clients/node/client.mjs")]
    [InlineData("/usr/bin/python3", "examples/clients/python/client.py")]
    public async Task A_client_that_is_not_dotnet_plays_the_story_to_its_end(string runtime, string client)
    {
        using var data = new DataFolder();
        await using var service = await ServiceProcess.StartAsync(data);

        var (exitCode, output) = await ChildProcess.RunAsync(
            runtime, [Repository.PathOf(client), "--address", service.GrpcAddress.Authority, "--data", data.Path]);

        exitCode.ShouldBe(0, output);
        output.ShouldContain("the story is told");
    }
}
