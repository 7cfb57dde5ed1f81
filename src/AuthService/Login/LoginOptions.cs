using System.ComponentModel.DataAnnotations;

namespace AuthService.Login;

/// <summary>Section <c>Login</c>.</summary>
public sealed class LoginOptions
{
    /// <summary>How long a step-up waits for its factor. Default 15 min.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan StepUpLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a code is good. Default and most 10 min (NIST SP 800-63B-4 §3.1.3.2).</summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:10:00")]
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Tries a step-up takes before it is over. Default 5.</summary>
    [Range(1, 10)]
    public int StepUpTries { get; set; } = 5;

    /// <summary>Codes that may be sent for one step-up. Default 3.</summary>
    [Range(1, 10)]
    public int CodesPerStepUp { get; set; } = 3;

    /// <summary>After a recovery without a second factor, how long its channel does not count as a step-up. Default 72 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan RecoveryHold { get; set; } = TimeSpan.FromHours(72);
}
