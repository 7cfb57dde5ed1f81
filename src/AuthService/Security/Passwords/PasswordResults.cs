namespace AuthService.Security.Passwords;

/// <summary>What comparing a password with a stored hash found.</summary>
public enum PasswordVerification
{
    /// <summary>Another password; or the stored hash cannot be read, which is logged.</summary>
    Failed,

    /// <summary>The same password.</summary>
    Success,

    /// <summary>The same password, hashed with a cost or a pepper that is no longer the current one: hash it anew and store that.</summary>
    SuccessRehashNeeded,
}

/// <summary>What came of hashing: <see cref="Hashed"/> or <see cref="Overloaded"/>.</summary>
public abstract record PasswordHashResult
{
    private PasswordHashResult()
    {
    }

    /// <param name="Phc">What to store; see <see cref="PasswordHash"/>.</param>
    public sealed record Hashed(string Phc) : PasswordHashResult;

    /// <param name="RetryAfter">When there should be room again, by the measured time of a hash and the length of the queue.</param>
    public sealed record Overloaded(TimeSpan RetryAfter) : PasswordHashResult;
}

/// <summary>What came of verifying: <see cref="Verified"/> or <see cref="Overloaded"/>.</summary>
public abstract record PasswordVerifyResult
{
    private PasswordVerifyResult()
    {
    }

    public sealed record Verified(PasswordVerification Verification) : PasswordVerifyResult;

    /// <inheritdoc cref="PasswordHashResult.Overloaded"/>
    public sealed record Overloaded(TimeSpan RetryAfter) : PasswordVerifyResult;
}

/// <summary>What the policy says of a new password: <see cref="Accepted"/>, <see cref="Refused"/> or <see cref="Overloaded"/>.</summary>
public abstract record PasswordPolicyResult
{
    private PasswordPolicyResult()
    {
    }

    /// <param name="StandsAlone">Whether it is long enough for an account without a second factor.</param>
    public sealed record Accepted(bool StandsAlone) : PasswordPolicyResult;

    /// <param name="Problems">One or more.</param>
    public sealed record Refused(IReadOnlyList<PasswordProblem> Problems) : PasswordPolicyResult;

    /// <inheritdoc cref="PasswordHashResult.Overloaded"/>
    public sealed record Overloaded(TimeSpan RetryAfter) : PasswordPolicyResult;
}
