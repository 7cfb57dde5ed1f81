using System.Security.Cryptography;
using System.Text;
using AuthService.Security.Keys;

namespace AuthService.Tests.Security.Keys;

public sealed class SecretTokensTests
{
    [Fact]
    public void A_token_is_its_prefix_and_256_random_bits()
    {
        var one = SecretTokens.Create("as_device").Text.Value;

        one.ShouldMatch("^as_device_[A-Za-z0-9_-]{43}$");
        one.ShouldNotBe(SecretTokens.Create("as_device").Text.Value);
    }

    [Fact]
    public void A_presented_token_has_the_hash_that_was_stored()
    {
        var token = SecretTokens.Create("as_device");

        SecretTokens.TryHash("as_device", token.Text.Value, out var hash).ShouldBeTrue();

        hash.ShouldBe(token.Hash);
        hash.ShouldBe(SHA256.HashData(Encoding.ASCII.GetBytes(token.Text.Value)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("as_device")]
    [InlineData("as_device_")]
    [InlineData("as_device_AAAA")]
    [InlineData("as_device_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("as_device_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u00e9A")]
    [InlineData("as_device_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA A")]
    [InlineData("as_refres_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("as_device-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_has_not_the_form_of_such_a_token_is_not_looked_up(string? presented)
    {
        SecretTokens.TryHash("as_device", presented, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_token_does_not_show_when_it_is_written()
    {
        var token = SecretTokens.Create("as_device");

        token.ToString().ShouldNotContain(token.Text.Value);
    }
}
