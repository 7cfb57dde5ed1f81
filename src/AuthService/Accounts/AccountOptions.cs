using System.ComponentModel.DataAnnotations;

namespace AuthService.Accounts;

/// <summary>Section <c>Accounts</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>How long a code is good. Default and most 10 min (NIST SP 800-63B-4 §3.1.3.2).</summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:10:00")]
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Tries that one code takes before it is over. Default 5.</summary>
    [Range(1, 10)]
    public int CodeTries { get; set; } = 5;
}
