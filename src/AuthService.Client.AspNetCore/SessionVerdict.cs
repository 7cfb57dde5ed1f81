namespace AuthService.Client.AspNetCore;

/// <summary>What became of an access token. Exactly one of the three, so a closed set.</summary>
public abstract record SessionVerdict
{
    private SessionVerdict()
    {
    }

    /// <summary>Its session lives.</summary>
    public sealed record Good(ValidSession Session) : SessionVerdict;

    /// <summary>It is no good, and will not be: get another one.</summary>
    public sealed record Refused(SessionRefusal Why) : SessionVerdict;

    /// <summary>Nobody could say, so nobody is let in: try again.</summary>
    public sealed record Unavailable(string Why) : SessionVerdict;
}

/// <summary>Why an access token is no good.</summary>
public enum SessionRefusal
{
    /// <summary>Not AuthService's for this service: form, signature, key, algorithm, type, issuer or audience.</summary>
    Invalid = 0,

    Expired = 1,

    /// <summary>Its session ended, or its tokens were replaced.</summary>
    Revoked = 2,

    /// <summary>It is bound to a device key: see <see cref="KeyBoundTokens.Refuse"/>.</summary>
    KeyBound = 3,
}
