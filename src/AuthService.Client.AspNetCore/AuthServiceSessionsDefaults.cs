namespace AuthService.Client.AspNetCore;

/// <summary>Names that others refer to.</summary>
public static class AuthServiceSessionsDefaults
{
    /// <summary>The authentication scheme, and the <c>AuthenticationType</c> of the identities that it makes.</summary>
    public const string AuthenticationScheme = "AuthServiceSessions";

    /// <summary>The meter of this library's metrics.</summary>
    public const string MeterName = "AuthService.Client";
}
