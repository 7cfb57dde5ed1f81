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
        var isGerman = IsGerman(message.Locale);
        var text = isGerman ? GermanTexts.Of(message.Template, code) : EnglishTexts.Of(message.Template, code);
        return message.ReportToken is { } token
            ? text with { Body = $"{text.Body} {(isGerman ? GermanTexts.HowToReport(token) : EnglishTexts.HowToReport(token))}" }
            : text;
    }

    private static bool IsGerman(string locale) =>
        locale.Equals("de", StringComparison.OrdinalIgnoreCase) || locale.StartsWith("de-", StringComparison.OrdinalIgnoreCase);
}
