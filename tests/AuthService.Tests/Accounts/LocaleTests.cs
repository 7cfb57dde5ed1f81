using AuthService.Accounts;

namespace AuthService.Tests.Accounts;

public sealed class LocaleTests
{
    [Theory]
    [InlineData("de")]
    [InlineData("de-DE")]
    [InlineData("zh-Hant-TW")]
    [InlineData("es-419")]
    [InlineData("sl-rozaj-biske")]
    [InlineData("de-CH-1996")]
    [InlineData("en-a-bbb-x-a-ccc")]
    public void Language_tags_are_taken_as_they_are(string text)
    {
        Locale.TryParse(text, out var locale).ShouldBeTrue();

        locale.Value.ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("-")]
    [InlineData("de_DE")]
    [InlineData("de-")]
    [InlineData("1de")]
    [InlineData("de DE")]
    [InlineData("dé")]
    [InlineData("abcdefghi")]
    [InlineData("de-abcdefghi")]
    [InlineData("de-\0")]
    [InlineData("en-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd-e")]
    public void What_is_no_language_tag_is_refused(string text)
    {
        var parsed = Locale.TryParse(text, out _);

        parsed.ShouldBeFalse();
    }
}
