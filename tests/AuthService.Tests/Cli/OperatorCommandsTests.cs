using AuthService.Protocol;

namespace AuthService.Tests.Cli;

public sealed class OperatorCommandsTests
{
    [Fact]
    public async Task A_refusal_is_told_with_its_reason()
    {
        await using var service = await TestService.StartAsync();

        var run = await AuthCtlRun.OnAsync(service, "accounts", "show", "nobody@example.org");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldStartWith("NOT_FOUND: ");
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_is_JSON_for_programs()
    {
        await using var service = await TestService.StartAsync();

        var run = await AuthCtlRun.OnAsync(service, "services", "create", "Not A Name", "--scope", "nothing", "--json");

        var error = System.Text.Json.Nodes.JsonNode.Parse(run.Error)!["error"]!;
        error["reason"]!.GetValue<string>().ShouldBe(ErrorReasons.InvalidField);
        error["hints"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_has_its_own_exit_code()
    {
        var run = await AuthCtlRun.OfAsync("sessions", "list", "x", "--address", "http://127.0.0.1:1", "--token", "x");

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldStartWith("UNREACHABLE: ");
    }

    [Fact]
    public async Task A_credential_does_not_travel_in_plaintext()
    {
        var run = await AuthCtlRun.OfAsync("sessions", "list", "x", "--address", "http://192.0.2.1:5080", "--token", "x");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("use https");
    }

    [Fact]
    public async Task A_credential_that_was_made_works_until_it_is_revoked()
    {
        await using var service = await TestService.StartAsync();
        var made = (await AuthCtlRun.OnAsync(service, "services", "create", "support", "--scope", "admin", "--json")).Json;
        var token = made["token"]!.GetValue<string>();

        var before = await AuthCtlRun.OfAsync("accounts", "show", "nobody@example.org", "--address", service.Address, "--token", token);
        await AuthCtlRun.OnAsync(service, "services", "revoke", made["credential_id"]!.GetValue<string>());
        var after = await AuthCtlRun.OfAsync("accounts", "show", "nobody@example.org", "--address", service.Address, "--token", token);

        before.Error.ShouldStartWith("NOT_FOUND");
        after.Error.ShouldStartWith("CREDENTIAL_REQUIRED");
    }

    [Fact]
    public async Task A_token_goes_into_a_file_for_its_owner_only()
    {
        await using var service = await TestService.StartAsync();
        var path = Path.Combine(service.DataPath, "shop.token");

        var run = await AuthCtlRun.OnAsync(service, "services", "create", "shop", "--scope", "sessions.validate", "--out", path);

        run.Output.ShouldNotContain("as_service_");
        (await File.ReadAllTextAsync(path)).ShouldStartWith("as_service_");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
