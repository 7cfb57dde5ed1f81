using System.ComponentModel.DataAnnotations;

namespace AuthService.RateLimiting;

/// <summary>Section <c>RateLimits</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Default: 6,000 a minute, 1,000 at once.</summary>
    public Rate Network { get; set; } = new() { PerMinute = 6_000, Burst = 1_000 };

    /// <summary>
    /// Default: 120 a minute, 60 at once: an office behind one address can start its morning, a guesser cannot do much.
    /// </summary>
    public Rate NetworkLogin { get; set; } = new() { PerMinute = 120, Burst = 60 };

    /// <summary>Default: 10 a minute, 20 at once.</summary>
    public Rate Identifier { get; set; } = new() { PerMinute = 10, Burst = 20 };

    /// <summary>Default: one every two minutes, 5 at once.</summary>
    public Rate Messages { get; set; } = new() { PerMinute = 0.5, Burst = 5 };

    /// <summary>Default: 2 a minute, 40 at once.</summary>
    public Rate ContactMessages { get; set; } = new() { PerMinute = 2, Burst = 40 };

    /// <summary>Default: 600 a minute, 200 at once.</summary>
    public Rate Device { get; set; } = new() { PerMinute = 600, Burst = 200 };

    /// <summary>Default: 600 a minute, 200 at once.</summary>
    public Rate Account { get; set; } = new() { PerMinute = 600, Burst = 200 };

    /// <summary>Default: 60 a minute, 60 at once.</summary>
    public Rate Verdicts { get; set; } = new() { PerMinute = 60, Burst = 60 };

    /// <summary>Default: 60,000,000 a minute, 1,000,000 at once: a bound against a runaway loop, not a quota.</summary>
    public Rate Service { get; set; } = new() { PerMinute = 60_000_000, Burst = 1_000_000 };

    /// <summary>Default: 60,000 a minute, 10,000 at once. The hashing gate sheds long before.</summary>
    public Rate AllLogins { get; set; } = new() { PerMinute = 60_000, Burst = 10_000 };

    /// <summary>
    /// How many keys of one limit are remembered. When there are more, the one that is closest to being forgiven anyway goes
    /// first. Default 100,000: about 10 MB a limit.
    /// </summary>
    [Range(1_000, 10_000_000)]
    public int KeysRemembered { get; set; } = 100_000;

    internal Rate this[LimitName name] => name switch
    {
        LimitName.Network => Network,
        LimitName.NetworkLogin => NetworkLogin,
        LimitName.Identifier => Identifier,
        LimitName.Messages => Messages,
        LimitName.ContactMessages => ContactMessages,
        LimitName.Device => Device,
        LimitName.Account => Account,
        LimitName.Verdicts => Verdicts,
        LimitName.Service => Service,
        LimitName.AllLogins => AllLogins,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
