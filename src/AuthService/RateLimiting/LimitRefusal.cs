namespace AuthService.RateLimiting;

/// <summary>A limit that is reached, and when to come back.</summary>
/// <param name="RetryAfter">After this the same call would pass, if nobody else calls meanwhile.</param>
public readonly record struct LimitRefusal(LimitName Limit, TimeSpan RetryAfter);
