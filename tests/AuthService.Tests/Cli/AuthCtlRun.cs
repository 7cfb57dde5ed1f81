using System.CommandLine;
using System.Text.Json.Nodes;
using AuthService.Cli;

namespace AuthService.Tests.Cli;

/// <summary>What became of a command line.</summary>
internal sealed record AuthCtlRun(int ExitCode, string Output, string Error)
{
    public JsonNode Json => JsonNode.Parse(Output)!;

    public static async Task<AuthCtlRun> OfAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await AuthCtl.Root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return new AuthCtlRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>As the operator of this service.</summary>
    public static Task<AuthCtlRun> OnAsync(TestService service, params string[] args) =>
        OfAsync([.. args, "--address", service.Address, "--token-file", Path.Combine(service.DataPath, "bootstrap", "admin.token")]);
}
