using AuthService.Security.Keys;
using AuthService.Tests.Security.Keys;

namespace AuthService.Tests.Cli;

public sealed class KeysCommandTests
{
    [Fact]
    public async Task A_rotated_key_is_listed_until_it_takes_over_as_upcoming()
    {
        await using var service = await TestService.StartAsync();

        var rotated = (await AuthCtlRun.OnAsync(service, "keys", "rotate", "pepper", "--lead", "60", "--reason", "yearly", "--json")).Json;
        var listed = (await AuthCtlRun.OnAsync(service, "keys", "list", "--json")).Json.AsArray();

        var peppers = listed.Where(key => key!["use"]!.GetValue<string>() == "pepper").ToList();
        peppers.Select(key => key!["state"]!.GetValue<string>()).ShouldBe(["upcoming", "current"]);
        peppers[0]!["key_id"]!.GetValue<string>().ShouldBe(rotated["key_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_rotation_without_a_reason_is_not_asked_for()
    {
        await using var service = await TestService.StartAsync();

        var run = await AuthCtlRun.OnAsync(service, "keys", "rotate", "pepper");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("--reason");
    }

    [Theory]
    [InlineData("population")]
    [InlineData("nonsense")]
    public async Task A_use_that_does_not_rotate_is_told_with_those_that_do(string use)
    {
        using var folder = new TemporaryFolder();
        KeyringFile.Create(folder.File("keyring.json"), TimeProvider.System);

        var run = await AuthCtlRun.OfAsync("keys", "rotate", use, "--offline", "--path", folder.File("keyring.json"));

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("blind-index");
    }

    [Fact]
    public async Task A_keyring_is_rotated_without_a_service()
    {
        using var folder = new TemporaryFolder();
        KeyringFile.Create(folder.File("keyring.json"), TimeProvider.System);

        var run = await AuthCtlRun.OfAsync("keys", "rotate", "kek", "--offline", "--path", folder.File("keyring.json"), "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        using var keyring = KeyringFile.Read(folder.File("keyring.json"), TimeProvider.System);
        keyring.All(KeyUse.Kek).Select(key => key.Id.Value).ShouldContain(run.Json["key_id"]!.GetValue<string>());
        keyring.Current(KeyUse.Kek).Id.Value.ShouldNotBe(run.Json["key_id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("signing", "--compromised", "--lead", "60")]
    [InlineData("messages", "--compromised")]
    [InlineData("signing", "--lead", "4")]
    [InlineData("signing", "--lead", "604801")]
    public async Task What_cannot_be_done_leaves_the_file_as_it_is(params string[] args)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("keyring.json");
        KeyringFile.Create(path, TimeProvider.System);
        var before = await File.ReadAllBytesAsync(path);

        var run = await AuthCtlRun.OfAsync(["keys", "rotate", .. args, "--offline", "--path", path]);

        run.ExitCode.ShouldBe(1);
        (await File.ReadAllBytesAsync(path)).ShouldBe(before);
    }

    [Fact]
    public async Task A_keyring_that_is_not_there_is_not_made()
    {
        using var folder = new TemporaryFolder();

        var run = await AuthCtlRun.OfAsync("keys", "rotate", "kek", "--offline", "--path", folder.File("keyring.json"));

        run.ExitCode.ShouldBe(1);
        File.Exists(folder.File("keyring.json")).ShouldBeFalse();
    }
}
