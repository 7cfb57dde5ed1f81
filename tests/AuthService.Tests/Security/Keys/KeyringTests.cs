using System.Security.Cryptography;
using AuthService.Security.Keys;

namespace AuthService.Tests.Security.Keys;

public sealed class KeyringTests
{
    private static readonly byte[] Token = SHA256.HashData("a token"u8);

    [Fact]
    public void The_newest_active_key_of_a_use_is_the_current_one()
    {
        var newer = TestKeys.Make(KeyUse.Pepper).Newer();
        var newest = TestKeys.Make(KeyUse.Pepper).Newer().Newer().As(KeyState.Retired);

        using var keyring = TestKeys.Ring(newer, newest);

        keyring.Current(KeyUse.Pepper).ShouldBe(newer);
    }

    [Fact]
    public void A_retired_key_is_still_found_by_its_id()
    {
        var retired = TestKeys.Make(KeyUse.Kek).As(KeyState.Retired);

        using var keyring = TestKeys.Ring(retired);

        keyring.TryGet(KeyUse.Kek, retired.Id, out var found).ShouldBeTrue();
        found.ShouldBe(retired);
    }

    [Fact]
    public void A_key_is_not_found_under_another_use()
    {
        using var keyring = TestKeys.Ring();

        keyring.TryGet(KeyUse.Pepper, keyring.Current(KeyUse.Kek).Id, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_use_whose_keys_are_all_retired_is_named()
    {
        Key[] keys = [.. Enum.GetValues<KeyUse>().Select(use => TestKeys.Make(use).As(use == KeyUse.EcvMac ? KeyState.Retired : KeyState.Active))];

        Should.Throw<KeyringException>(() => new Keyring(keys)).Message.ShouldContain("ecv-mac");
    }

    [Fact]
    public void Two_keys_with_one_id_are_refused()
    {
        Key[] keys = [.. Enum.GetValues<KeyUse>().Select(TestKeys.Make)];

        Should.Throw<KeyringException>(() => new Keyring([.. keys, keys[0].Newer()]));
    }

    [Fact]
    public void A_keyring_that_is_disposed_of_holds_no_key_any_more()
    {
        var keyring = TestKeys.Ring();
        var pepper = keyring.Current(KeyUse.Pepper);

        keyring.Dispose();

        pepper.Material.ContainsAnyExcept((byte)0).ShouldBeFalse();
    }

    [Fact]
    public void A_token_signed_by_the_current_key_verifies_with_the_published_point()
    {
        using var keyring = TestKeys.Ring();
        var current = new SigningKeys(keyring, TimeProvider.System).Now.Current;

        using var signing = current.Open();
        var signature = signing.SignHash(Token);

        using var published = ECDsa.Create(current.Public);
        published.VerifyHash(Token, signature).ShouldBeTrue();
        current.Public.D.ShouldBeNull();
    }
}
