namespace AuthService.Messaging;

/// <summary>The ways out. Section <c>Messaging</c>. Checked by <see cref="MessagingOptionsCheck"/>.</summary>
public sealed class MessagingOptions
{
    /// <summary>Mail. Required, but in Development: there mail goes to a file until this is configured.</summary>
    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>SMS. Where it is not configured, phone numbers are refused as contacts; in Development they go to a file.</summary>
    public SmsOptions Sms { get; set; } = new();
}

/// <summary>How the connection to a mail server is protected.</summary>
public enum SmtpTls
{
    /// <summary>TLS from the first byte (RFC 8314 §3): port 465.</summary>
    Implicit,

    /// <summary>STARTTLS, and nothing is sent without it: port 587.</summary>
    StartTls,

    /// <summary>None. Only to a server on this machine.</summary>
    None,
}

/// <summary>A mail server that takes mail for delivery. Section <c>Messaging:Smtp</c>.</summary>
public sealed class SmtpOptions
{
    /// <summary>Its name, as its certificate has it.</summary>
    public string? Host { get; set; }

    /// <summary>Default 587.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Default <see cref="SmtpTls.StartTls"/>.</summary>
    public SmtpTls Tls { get; set; } = SmtpTls.StartTls;

    /// <summary>If it asks who we are.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender: <c>Example &lt;no-reply@example.org&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>For one message, connection included. Default 20 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>An HTTP gateway that takes SMS. Section <c>Messaging:Sms</c>.</summary>
public sealed class SmsOptions
{
    /// <summary>
    /// Where <c>{"to": "+49…", "text": "…"}</c> is posted to. Any answer of the 200s means that it was taken; 400, 404 and
    /// 422 that it never will be; all others that it is worth another try. HTTPS, but to this machine.
    /// </summary>
    public Uri? GatewayUrl { get; set; }

    /// <summary>Sent as <c>authorization: Bearer</c>.</summary>
    public string? Token { get; set; }

    /// <summary>For one message. Default 10 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
