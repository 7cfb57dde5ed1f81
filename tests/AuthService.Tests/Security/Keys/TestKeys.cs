using AuthService.Security.Keys;
using AuthService.Storage.Ids;

namespace AuthService.Tests.Security.Keys;

/// <summary>Keys as tests need them.</summary>
internal static class TestKeys
{
    public static Key Make(KeyUse use) => KeyringFile.Generate(use, TimeProvider.System);

    /// <summary>A keyring with one key for each use, and <paramref name="others"/>.</summary>
    public static Keyring Ring(params Key[] others) => new([.. Enum.GetValues<KeyUse>().Select(Make), .. others]);

    public static Key Newer(this Key key) => new(key.Id, key.Use, key.Created.AddYears(1), key.State, key.Material.ToArray());

    public static AccountId Account() => AccountId.Create("de", TimeProvider.System);
}
