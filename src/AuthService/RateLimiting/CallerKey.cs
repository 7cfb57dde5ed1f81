namespace AuthService.RateLimiting;

/// <summary>Whose calls under way are counted together.</summary>
public enum CallerKind
{
    /// <summary>A network whose callers are nobody in particular, or not known yet. Key: IPv4 address, IPv6 /64.</summary>
    Network,

    /// <summary>A signed-in account. Key: its id.</summary>
    Account,

    /// <summary>An internal service. Key: its credential's id.</summary>
    Service,
}

/// <summary>One caller; its streams are counted apart.</summary>
internal readonly record struct CallerKey(CallerKind Kind, string Key, bool IsStream)
{
    /// <summary>What a refusal names: <c>CallsOfAccount</c>, as the option is called.</summary>
    public string LimitName => $"{(IsStream ? "Streams" : "Calls")}Of{Kind}";
}
