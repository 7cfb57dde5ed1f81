using AuthService.Security.Keys;
using AuthService.Storage;

namespace AuthService.Security.Factors;

/// <summary>Verifies the second factors that an account has enrolled. Counting tries is the caller's.</summary>
public sealed class SecondFactors
{
    /// <summary>Whether the account has a confirmed TOTP or recovery codes left.</summary>
    public Task<bool> AnyAsync(AuthDbContext rows, AccountKeys keys, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Whether this is the authenticator's code of now (RFC 6238), not used before. A code that passes is used up.</summary>
    public Task<bool> PassTotpAsync(Work work, AccountKeys keys, Secret<string> code, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Whether this is one of the account's unused recovery codes. One that passes is used up.</summary>
    public Task<bool> PassRecoveryCodeAsync(Work work, AccountKeys keys, Secret<string> code, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
