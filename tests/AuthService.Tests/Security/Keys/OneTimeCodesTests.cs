using AuthService.Security;
using AuthService.Security.Keys;

namespace AuthService.Tests.Security.Keys;

public sealed class OneTimeCodesTests
{
    private static readonly Secret<string> Code = new("204816");

    [Theory]
    [InlineData(6)]
    [InlineData(8)]
    public void A_code_has_as_many_digits_as_asked_for(int digits)
    {
        OneTimeCodes.Create(digits).Value.ShouldMatch($"^[0-9]{{{digits}}}$");
    }

    [Fact]
    public void Each_digit_is_equally_likely()
    {
        var counts = Enumerable.Range(0, 20_000).SelectMany(_ => OneTimeCodes.Create(6).Value).GroupBy(digit => digit).Select(group => group.Count()).ToList();

        // Chi-squared with 9 degrees of freedom: above 50 once in ten million runs.
        var expected = counts.Sum() / 10.0;
        counts.Sum(count => (count - expected) * (count - expected) / expected).ShouldBeLessThan(50);
        counts.Count.ShouldBe(10);
    }

    [Fact]
    public void A_code_matches_what_was_stored_for_its_request_and_for_no_other()
    {
        using var keyring = TestKeys.Ring();
        var codes = new OneTimeCodes(keyring);
        var hash = codes.Hash("request-1", Code);

        codes.IsMatch("request-1", Code, hash).ShouldBeTrue();
        codes.IsMatch("request-2", Code, hash).ShouldBeFalse();
        codes.IsMatch("request-1", new Secret<string>("204817"), hash).ShouldBeFalse();
    }

    [Fact]
    public void A_code_sent_before_its_key_was_retired_still_matches()
    {
        var old = TestKeys.Make(KeyUse.OneTimeCode);
        using var before = TestKeys.Ring(old.Newer());
        using var after = TestKeys.Ring(old.As(KeyState.Retired));

        new OneTimeCodes(after).IsMatch("request-1", Code, new OneTimeCodes(before).Hash("request-1", Code)).ShouldBeTrue();
    }

    [Fact]
    public void Without_the_key_the_stored_form_cannot_be_searched_for_the_code()
    {
        using var keyring = TestKeys.Ring();
        using var thief = TestKeys.Ring();

        new OneTimeCodes(thief).IsMatch("request-1", Code, new OneTimeCodes(keyring).Hash("request-1", Code)).ShouldBeFalse();
    }
}
