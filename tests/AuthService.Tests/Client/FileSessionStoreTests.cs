using System.Runtime.Versioning;
using System.Text.Json;
using AuthService.Client.Sessions;

namespace AuthService.Tests.Client;

public sealed class FileSessionStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("authservice-store-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "session.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_one_run_stored_the_next_one_finds()
    {
        var state = Given.Stored(Given.Session(deviceId: "dev_de_1", deviceToken: "token-of-device"));

        await new FileSessionStore(Path).SaveAsync(state, CancellationToken.None);
        var found = await new FileSessionStore(Path).LoadAsync(CancellationToken.None);

        JsonSerializer.Serialize(found).ShouldBe(JsonSerializer.Serialize(state));
    }

    [Fact]
    public async Task Nothing_stored_is_nobody_signed_in()
    {
        (await new FileSessionStore(Path).LoadAsync(CancellationToken.None)).ShouldBe(StoredSignIn.Empty);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_its_owner_may_read_it_and_nothing_else_is_left_behind()
    {
        var store = new FileSessionStore(Path);

        await store.SaveAsync(Given.Stored(Given.Session()), CancellationToken.None);
        await store.SaveAsync(Given.Stored(Given.Session(2)), CancellationToken.None);

        Directory.GetFiles(_folder).ShouldBe([Path]);
        File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"session\":{\"session_id\":\"ses_de_1\"}}")]
    [InlineData("{\"session\":")]
    public async Task A_file_that_is_not_ours_is_an_error_rather_than_a_guess(string content)
    {
        await File.WriteAllTextAsync(Path, content);

        await Should.ThrowAsync<JsonException>(async () => await new FileSessionStore(Path).LoadAsync(CancellationToken.None));
    }

    [Fact]
    public void Nothing_that_holds_a_token_prints_it()
    {
        var state = Given.Stored(Given.Session(deviceToken: "token-of-device"));

        var printed = $"{state} {state.Session}";

        printed.ShouldBe("session ses_de_1 session ses_de_1");
    }
}
