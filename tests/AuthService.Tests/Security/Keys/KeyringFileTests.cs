using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using AuthService.Security.Keys;

namespace AuthService.Tests.Security.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class KeyringFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("keys/keyring.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_keyring_that_was_made_has_a_key_for_each_use()
    {
        KeyringFile.Create(Path, TimeProvider.System).ShouldBeTrue();

        using var keyring = KeyringFile.Read(Path, TimeProvider.System);

        Enum.GetValues<KeyUse>().ShouldAllBe(use => keyring.Current(use).State == KeyState.Active);
    }

    [Fact]
    public void A_keyring_is_its_owners_alone_and_so_is_the_folder_made_for_it()
    {
        KeyringFile.Create(Path, TimeProvider.System);

        File.GetUnixFileMode(Path).ShouldBe(OwnerOnly);
        File.GetUnixFileMode(_folder.File("keys")).ShouldBe(OwnerOnly | UnixFileMode.UserExecute);
    }

    [Fact]
    public void An_existing_keyring_is_never_replaced_by_a_new_one()
    {
        KeyringFile.Create(Path, TimeProvider.System);
        var before = File.ReadAllBytes(Path);

        KeyringFile.Create(Path, TimeProvider.System).ShouldBeFalse();

        File.ReadAllBytes(Path).ShouldBe(before);
    }

    [Fact]
    public void Reading_gives_the_keys_that_were_written()
    {
        var keys = Enum.GetValues<KeyUse>().Select(TestKeys.Make).ToList();
        KeyringFile.Write(Path, keys);

        using var read = KeyringFile.Read(Path, TimeProvider.System);

        keys.Select(key => Convert.ToHexString(read.Current(key.Use).Material)).ShouldBe(keys.Select(key => Convert.ToHexString(key.Material)));
    }

    [Fact]
    public void A_use_that_is_new_gets_a_key_and_the_others_keep_theirs()
    {
        KeyringFile.Write(Path, [.. Enum.GetValues<KeyUse>().Where(use => use != KeyUse.Cursor).Select(TestKeys.Make)]);
        var pepper = Entries(Path).Single(entry => (string?)entry["use"] == "pepper")["id"]!.ToString();

        KeyringFile.Complete(Path, TimeProvider.System).ShouldBe([KeyUse.Cursor]);

        using var keyring = KeyringFile.Read(Path, TimeProvider.System);
        keyring.Current(KeyUse.Pepper).Id.Value.ShouldBe(pepper);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_keyring_that_others_have_access_to_is_refused(UnixFileMode others)
    {
        KeyringFile.Create(Path, TimeProvider.System);
        File.SetUnixFileMode(Path, OwnerOnly | others);

        Should.Throw<KeyringException>(() => KeyringFile.Read(Path, TimeProvider.System)).Message.ShouldContain("chmod 600");
    }

    [Fact]
    public void A_keyring_that_is_not_there_is_named()
    {
        Should.Throw<KeyringException>(() => KeyringFile.Read(Path, TimeProvider.System)).Message.ShouldContain(Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{ \"version\": 1 }")]
    [InlineData("{ \"version\": 2, \"keys\": [] }")]
    [InlineData("{ \"version\": 1, \"keys\": [] }")]
    [InlineData("{ \"version\": 1, \"keys\": [ { \"id\": \"aaaaaaaa\" } ] }")]
    [InlineData("{ \"version\": 1, \"keys\": [], \"comment\": 1 }")]
    public void A_file_that_is_no_keyring_is_refused(string content)
    {
        WritePrivately(content);

        Should.Throw<KeyringException>(() => KeyringFile.Read(Path, TimeProvider.System));
    }

    [Theory]
    [InlineData("use", "laundry")]
    [InlineData("state", "resting")]
    [InlineData("id", "TOO LONG AND LOUD")]
    [InlineData("material", "c2hvcnQ=")]
    [InlineData("material", "not base64 S3CR3T")]
    public void A_key_that_is_not_sound_is_refused_and_its_material_not_told(string field, string value)
    {
        KeyringFile.Create(Path, TimeProvider.System);
        var content = JsonNode.Parse(File.ReadAllText(Path))!;
        content["keys"]![0]![field] = value;
        WritePrivately(content.ToJsonString());

        var refusal = Should.Throw<KeyringException>(() => KeyringFile.Read(Path, TimeProvider.System)).ToString();

        refusal.ShouldNotContain("S3CR3T");
    }

    [Fact]
    public void A_signing_key_that_is_no_key_is_refused()
    {
        KeyringFile.Create(Path, TimeProvider.System);
        var content = JsonNode.Parse(File.ReadAllText(Path))!;
        content["keys"]!.AsArray().Single(key => (string?)key!["use"] == "signing")!["material"] = Convert.ToBase64String(new byte[138]);
        WritePrivately(content.ToJsonString());

        Should.Throw<KeyringException>(() => KeyringFile.Read(Path, TimeProvider.System)).Message.ShouldContain("signing");
    }

    private static IEnumerable<JsonNode> Entries(string path) => JsonNode.Parse(File.ReadAllText(path))!["keys"]!.AsArray().Select(entry => entry!);

    private void WritePrivately(string content)
    {
        Directory.CreateDirectory(_folder.File("keys"));
        File.WriteAllText(Path, content);
        File.SetUnixFileMode(Path, OwnerOnly);
    }
}
