namespace AuthService.Security.Passwords;

/// <summary>Hashes and verifies passwords, behind the hashing gate. Thread-safe.</summary>
public sealed class PasswordHashing
{
    /// <summary>Hashes a password that the policy accepted.</summary>
    public Task<PasswordHashResult> HashAsync(Secret<string> password, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Compares a password with a stored hash. Takes one hash's time whatever the outcome.</summary>
    public Task<PasswordVerifyResult> VerifyAsync(Secret<string> password, string phc, CancellationToken cancellationToken) => throw new NotSupportedException();
}
