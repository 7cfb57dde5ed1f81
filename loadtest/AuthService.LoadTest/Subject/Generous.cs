namespace AuthService.LoadTest.Subject;

/// <summary>Settings under which no limit is reached by those few machines that a load test comes from. All limits are on, and are counted.</summary>
internal static class Generous
{
    private static readonly string[] Limits = ["Network", "NetworkLogin", "Identifier", "Messages", "ContactMessages", "Account", "Device", "Verdicts", "AllLogins"];

    public static IReadOnlyDictionary<string, string?> Settings { get; } = Limits
        .SelectMany(limit => (KeyValuePair<string, string?>[])[new($"RateLimits:{limit}:PerMinute", "100000000"), new($"RateLimits:{limit}:Burst", "10000000")])
        .ToDictionary(StringComparer.Ordinal);
}
