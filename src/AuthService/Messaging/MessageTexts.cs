namespace AuthService.Messaging;

/// <summary>A message in words.</summary>
/// <param name="Subject">For mail. Holds no code: subjects show on locked screens.</param>
/// <param name="Body">One paragraph, for mail and SMS alike.</param>
/// <param name="Footer">For mail.</param>
internal sealed record MessageText(string Subject, string Body, string Footer);

/// <summary>Messages in the reader's language: German for German locales, English for all others.</summary>
internal static class MessageTexts
{
    public static MessageText Of(Message message)
    {
        var code = message.Code ?? "";
        return IsGerman(message.Locale) ? GermanTexts.Of(message.Template, code) : EnglishTexts.Of(message.Template, code);
    }

    private static bool IsGerman(string locale) =>
        locale.Equals("de", StringComparison.OrdinalIgnoreCase) || locale.StartsWith("de-", StringComparison.OrdinalIgnoreCase);
}
