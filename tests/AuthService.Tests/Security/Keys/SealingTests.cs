using AuthService.Security.Keys;
using CsCheck;

namespace AuthService.Tests.Security.Keys;

public sealed class SealingTests
{
    private readonly AccountKeys _keys = AccountKeys.Generate(TestKeys.Account());

    [Fact]
    public void What_was_sealed_opens_again()
    {
        Gen.String.Where(text => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)) == text).Sample(text =>
            Sealing.TryOpenText(_keys, "email", Sealing.Seal(_keys, "email", text), out var opened) && opened == text);
    }

    [Fact]
    public void The_same_text_never_gives_the_same_box()
    {
        Sealing.Seal(_keys, "email", "a@example.com").ShouldNotBe(Sealing.Seal(_keys, "email", "a@example.com"));
    }

    [Fact]
    public void A_box_does_not_open_for_another_field()
    {
        var box = Sealing.Seal(_keys, "email", "a@example.com");

        Sealing.TryOpen(_keys, "address", box, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_box_does_not_open_for_another_account_even_under_the_same_key()
    {
        var box = Sealing.Seal(_keys, "email", "a@example.com");
        var other = new AccountKeys(TestKeys.Account(), _keys.Both.ToArray());

        Sealing.TryOpen(other, "email", box, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_box_that_was_changed_anywhere_or_cut_does_not_open()
    {
        var box = Sealing.Seal(_keys, "email", "a@example.com");

        Gen.Select(Gen.Int[0, box.Length - 1], Gen.Int[0, 7]).Sample((at, bit) =>
        {
            var changed = box.ToArray();
            changed[at] ^= (byte)(1 << bit);
            return !Sealing.TryOpen(_keys, "email", changed, out _) && !Sealing.TryOpen(_keys, "email", box.AsSpan(..at), out _);
        });
    }

    [Fact]
    public void A_message_sealed_before_its_key_was_retired_still_opens()
    {
        var first = TestKeys.Make(KeyUse.Messages);
        using var before = TestKeys.Ring(first.Newer());
        var box = new ServiceSealing(before).Seal(KeyUse.Messages, "msg-1", [1, 2, 3]);

        using var after = TestKeys.Ring(first.As(KeyState.Retired));

        new ServiceSealing(after).TryOpen(KeyUse.Messages, "msg-1", box, out var content).ShouldBeTrue();
        content.ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData("msg-2", 0)]
    [InlineData("msg-1", 1)]
    public void A_message_opens_for_its_own_row_and_whole_only(string context, int cut)
    {
        using var keyring = TestKeys.Ring();
        var sealing = new ServiceSealing(keyring);
        var box = sealing.Seal(KeyUse.Messages, "msg-1", [1, 2, 3]);

        sealing.TryOpen(KeyUse.Messages, context, box.AsSpan(..^cut), out _).ShouldBeFalse();
    }
}
