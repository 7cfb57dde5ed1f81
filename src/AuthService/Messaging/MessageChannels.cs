using AuthService.Storage.Rows;
using Microsoft.Extensions.Options;

namespace AuthService.Messaging;

/// <summary>Which ways out this deployment has. A contact that no way leads to must not be taken.</summary>
public sealed class MessageChannels(IOptions<MessagingOptions> options, IHostEnvironment environment)
{
    public bool Reaches(ContactKind kind) => WritesToFile(kind) || kind switch
    {
        ContactKind.Email => HasSmtp,
        _ => HasSms,
    };

    /// <summary>In Development, what is not configured goes to a file.</summary>
    internal bool WritesToFile(ContactKind kind) =>
        environment.IsDevelopment() && !(kind == ContactKind.Email ? HasSmtp : HasSms);

    private bool HasSmtp => !string.IsNullOrWhiteSpace(options.Value.Smtp.Host);

    private bool HasSms => options.Value.Sms.GatewayUrl is not null;
}
