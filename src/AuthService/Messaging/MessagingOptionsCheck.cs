using Microsoft.Extensions.Options;
using MimeKit;

namespace AuthService.Messaging;

/// <summary>What must hold before the service starts: that it can reach people, and that nobody on the way reads their codes.</summary>
internal sealed class MessagingOptionsCheck(IHostEnvironment environment) : IValidateOptions<MessagingOptions>
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1), LongestTimeout = TimeSpan.FromMinutes(2);

    public ValidateOptionsResult Validate(string? name, MessagingOptions options)
    {
        var problems = OfSmtp(options.Smtp).Concat(OfSms(options.Sms)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> OfSmtp(SmtpOptions smtp)
    {
        if (string.IsNullOrWhiteSpace(smtp.Host))
        {
            if (!environment.IsDevelopment())
                yield return "Messaging:Smtp:Host must name the mail server: outside Development, codes and notices go by mail.";
            yield break;
        }

        if (smtp.Port is < 1 or > 65_535)
            yield return "Messaging:Smtp:Port must be 1 to 65535.";
        if (!Enum.IsDefined(smtp.Tls))
            yield return "Messaging:Smtp:Tls must be Implicit, StartTls or None.";
        if (smtp.Tls == SmtpTls.None && !IsThisMachine(smtp.Host))
            yield return "Messaging:Smtp:Tls may be None only to a server on this machine: mail carries codes.";
        if (smtp.User is null != smtp.Password is null)
            yield return "Messaging:Smtp:User and Messaging:Smtp:Password come together or not at all.";
        if (!MailboxAddress.TryParse(smtp.From, out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
            yield return "Messaging:Smtp:From must be an address: Example <no-reply@example.org>.";
        if (!IsTimeout(smtp.Timeout))
            yield return "Messaging:Smtp:Timeout must be 1 second to 2 minutes.";
    }

    private static IEnumerable<string> OfSms(SmsOptions sms)
    {
        if (sms.GatewayUrl is not { } gateway)
            yield break;

        if (!gateway.IsAbsoluteUri || (gateway.Scheme != Uri.UriSchemeHttps && !(gateway.Scheme == Uri.UriSchemeHttp && gateway.IsLoopback)))
            yield return "Messaging:Sms:GatewayUrl must be an https address.";
        if (string.IsNullOrWhiteSpace(sms.Token))
            yield return "Messaging:Sms:Token must be the gateway's token.";
        if (!IsTimeout(sms.Timeout))
            yield return "Messaging:Sms:Timeout must be 1 second to 2 minutes.";
    }

    private static bool IsThisMachine(string host) =>
        host is "localhost" || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));

    private static bool IsTimeout(TimeSpan timeout) => timeout >= ShortestTimeout && timeout <= LongestTimeout;
}
