using AuthService.Messaging;
using AuthService.Storage.Rows;

namespace AuthService.Tests.Messaging;

public sealed class MessageTextsTests
{
    private const string Code = "48151623";

    private static readonly MessageTemplate[] WithCode =
        [MessageTemplate.VerifyContact, MessageTemplate.ChangeContact, MessageTemplate.StepUp, MessageTemplate.Recovery];

    public static TheoryData<MessageTemplate, string> EveryMessage()
    {
        var messages = new TheoryData<MessageTemplate, string>();
        foreach (var template in Enum.GetValues<MessageTemplate>())
        {
            messages.Add(template, "de-DE");
            messages.Add(template, "en");
        }

        return messages;
    }

    [Theory]
    [MemberData(nameof(EveryMessage))]
    public void A_message_tells_its_code_in_the_body_and_never_in_the_subject(MessageTemplate template, string locale)
    {
        var text = MessageTexts.Of(new Message(ContactKind.Email, "ada@example.org", template, locale, WithCode.Contains(template) ? Code : null));

        text.Subject.ShouldNotBeNullOrWhiteSpace();
        text.Subject.ShouldNotContain(Code);
        text.Body.Contains(Code, StringComparison.Ordinal).ShouldBe(WithCode.Contains(template));
    }

    [Theory]
    [InlineData("de", "melden")]
    [InlineData("en", "report")]
    public void A_report_token_stands_in_the_body_with_what_to_do_with_it(string locale, string word)
    {
        var text = MessageTexts.Of(new Message(ContactKind.Email, "ada@example.org", MessageTemplate.LoginRefused, locale, ReportToken: "as_report_x"));

        text.Body.ShouldEndWith("as_report_x");
        text.Body.ShouldContain(word);
        text.Subject.ShouldNotContain("as_report_x");
    }

    [Theory]
    [InlineData("de", "Passwort")]
    [InlineData("de-AT", "Passwort")]
    [InlineData("DE-ch", "Passwort")]
    [InlineData("en-GB", "password")]
    [InlineData("den", "password")]
    [InlineData("ja", "password")]
    public void German_locales_read_German_and_all_others_English(string locale, string word)
    {
        var text = MessageTexts.Of(new Message(ContactKind.Email, "ada@example.org", MessageTemplate.PasswordChanged, locale));

        text.Subject.ShouldContain(word);
    }
}
