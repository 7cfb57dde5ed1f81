namespace AuthService.Protocol;

/// <summary>How sure the service is who is signed in: <c>aal</c>, NIST SP 800-63B-4 §2.</summary>
public static class AssuranceLevels
{
    /// <summary>One factor. E-mail codes never lift a session above it, and no environment ever does.</summary>
    public const string Aal1 = "aal1";

    /// <summary>Two different factors.</summary>
    public const string Aal2 = "aal2";

    /// <summary>Two factors, one of them a key in certified hardware that cannot be exported.</summary>
    public const string Aal3 = "aal3";

    /// <summary>1 to 3, or 0 for text that is no level. A higher rank satisfies a lower one.</summary>
    public static int Rank(string? level) => level switch
    {
        Aal1 => 1,
        Aal2 => 2,
        Aal3 => 3,
        _ => 0,
    };
}
