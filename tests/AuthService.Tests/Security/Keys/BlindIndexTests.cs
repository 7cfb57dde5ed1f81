using AuthService.Security.Keys;
using Microsoft.Extensions.Time.Testing;

namespace AuthService.Tests.Security.Keys;

public sealed class BlindIndexTests
{
    [Fact]
    public void The_same_contact_is_found_again()
    {
        using var keyring = TestKeys.Ring();

        new BlindIndex(keyring).ForContact("email", "a@example.com").Index.ShouldBe(new BlindIndex(keyring).ForContact("email", "a@example.com").Index);
    }

    [Theory]
    [InlineData("email", "b@example.com")]
    [InlineData("phone", "a@example.com")]
    [InlineData("emaila", "@example.com")]
    public void Another_value_or_kind_gives_another_index(string kind, string value)
    {
        using var keyring = TestKeys.Ring();
        var index = new BlindIndex(keyring);

        index.ForContact(kind, value).Index.ShouldNotBe(index.ForContact("email", "a@example.com").Index);
        index.ForCounter(kind, value).ShouldNotBe(index.ForCounter("email", "a@example.com"));
    }

    [Fact]
    public void Without_the_key_the_index_tells_nothing()
    {
        using var keyring = TestKeys.Ring();
        using var other = TestKeys.Ring();

        new BlindIndex(keyring).ForContact("email", "a@example.com").Index.ShouldNotBe(new BlindIndex(other).ForContact("email", "a@example.com").Index);
    }

    [Fact]
    public void A_look_up_during_rotation_tries_the_new_key_first_and_then_the_old_one()
    {
        var old = TestKeys.Make(KeyUse.BlindIndex);
        using var before = TestKeys.Ring(old.Newer());
        using var after = TestKeys.Ring(old.As(KeyState.Retired));
        var stored = new BlindIndex(before).ForContact("email", "a@example.com").Index;

        var candidates = new BlindIndex(after).Candidates("email", "a@example.com");

        candidates[0].ShouldBe(new BlindIndex(after).ForContact("email", "a@example.com").Index);
        candidates[1].ShouldBe(stored);
    }

    [Fact]
    public void What_is_counted_by_stays_the_same_when_the_key_rotates()
    {
        var old = TestKeys.Make(KeyUse.BlindIndex);
        Key[] others = [.. Enum.GetValues<KeyUse>().Where(use => use != KeyUse.BlindIndex).Select(TestKeys.Make)];
        using var before = new Keyring([.. others, old]);
        using var after = new Keyring([.. others, old, TestKeys.Make(KeyUse.BlindIndex).Newer()], new FakeTimeProvider(DateTimeOffset.MaxValue.AddDays(-1)));

        new BlindIndex(after).ForCounter("email", "a@example.com").ShouldBe(new BlindIndex(before).ForCounter("email", "a@example.com"));
    }
}
