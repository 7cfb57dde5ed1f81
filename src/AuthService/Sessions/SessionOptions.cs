using System.ComponentModel.DataAnnotations;

namespace AuthService.Sessions;

/// <summary>Section <c>Sessions</c>. The lifetimes are no options: they are part of what the API promises.</summary>
public sealed class SessionOptions
{
    /// <summary>How long a session lasts, whatever happens in it (SP 800-63B-4 §2.1.3: 30 days at aal1).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>
    /// How many sessions' states stay in memory. Default 50,000: about 25 MB. With fewer than are in use, validation reads the database.
    /// </summary>
    [Range(100, 10_000_000)]
    public int SessionsCached { get; set; } = 50_000;

    /// <summary>
    /// How many access tokens are remembered as verified. Default 50,000: about 20 MB. With fewer than are in use, their signatures
    /// are verified again.
    /// </summary>
    [Range(100, 10_000_000)]
    public int TokensCached { get; set; } = 50_000;

    /// <summary>How many <c>WatchSessions</c> streams one replica serves at a time. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MostWatchers { get; set; } = 1_000;
}
