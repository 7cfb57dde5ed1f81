namespace AuthService.Security.Passwords;

/// <summary>Which passwords may be chosen: NIST SP 800-63B-4 §3.1.1.2.</summary>
public sealed class PasswordPolicy
{
    public Task<PasswordPolicyResult> CheckAsync(Secret<string> password, PasswordContext context, CancellationToken cancellationToken) => throw new NotSupportedException();
}
