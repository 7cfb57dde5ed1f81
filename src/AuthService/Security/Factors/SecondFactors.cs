using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Security.Factors;

/// <summary>Verifies the second factors that an account has enrolled. Counting tries is the caller's.</summary>
public sealed class SecondFactors
{
    /// <summary>The name that a sealed TOTP secret is bound to.</summary>
    internal const string SecretField = "totp_secret";

    private readonly RecoveryCodes _recoveryCodes;

    internal SecondFactors(RecoveryCodes recoveryCodes) => _recoveryCodes = recoveryCodes;

    /// <summary>The kinds that the account could show now: confirmed TOTP, recovery codes that are left.</summary>
    /// <param name="except">A factor that is not to count, or null.</param>
    public static async Task<IReadOnlyList<FactorKind>> KindsAsync(
        AuthDbContext rows, AccountId account, CancellationToken cancellationToken, string? except = null) =>
        [.. (await rows.Factors
            .Where(row => row.AccountId == account.Value && row.ConfirmedAt != null && row.Id != except)
            .Where(row => row.Kind == (int)FactorKind.Totp
                || rows.RecoveryCodes.Any(code => code.FactorId == row.Id && code.UsedAt == null))
            .Select(row => row.Kind)
            .Distinct()
            .ToListAsync(cancellationToken)).Select(kind => (FactorKind)kind).Order()];

    /// <summary>Whether the account has a confirmed TOTP or recovery codes left.</summary>
    public static async Task<bool> AnyAsync(AuthDbContext rows, AccountId account, CancellationToken cancellationToken) =>
        (await KindsAsync(rows, account, cancellationToken)).Count > 0;

    /// <summary>Whether this is the authenticator's code of now (RFC 6238), not used before. A code that passes is used up.</summary>
    public static async Task<bool> PassTotpAsync(Work work, AccountKeys keys, Secret<string> code, CancellationToken cancellationToken)
    {
        var factors = await work.Rows.Factors
            .Where(row => row.AccountId == keys.Account.Value && row.Kind == (int)FactorKind.Totp && row.ConfirmedAt != null)
            .ToListAsync(cancellationToken);
        return factors.Exists(factor => PassTotp(factor, keys, code, work.Now));
    }

    /// <summary>Whether this is one of the account's unused recovery codes. One that passes is used up.</summary>
    public async Task<bool> PassRecoveryCodeAsync(Work work, AccountKeys keys, Secret<string> code, CancellationToken cancellationToken)
    {
        if (await FindRecoveryCodeAsync(work.Rows, keys, code, cancellationToken) is not { } found)
            return false;
        found.UsedAt = work.Now;
        return true;
    }

    internal static bool PassTotp(FactorRow factor, AccountKeys keys, Secret<string> code, DateTimeOffset now)
    {
        if (!Sealing.TryOpen(keys, SecretField, factor.SecretSealed, out var secret)
            || TotpCodes.StepOf(secret, code.Value, now, factor.LastTimeStep) is not { } step)
            return false;

        factor.LastTimeStep = step;
        return true;
    }

    /// <summary>The unused code of a confirmed set, or of the set named.</summary>
    internal async Task<RecoveryCodeRow?> FindRecoveryCodeAsync(
        AuthDbContext rows, AccountKeys keys, Secret<string> code, CancellationToken cancellationToken, string? ofFactor = null)
    {
        var hashes = _recoveryCodes.Hashes(keys, code);
        return await rows.RecoveryCodes
            .Where(row => hashes.Contains(row.Hash) && row.UsedAt == null)
            .Where(row => ofFactor != null
                ? row.FactorId == ofFactor
                : rows.Factors.Any(factor => factor.Id == row.FactorId && factor.ConfirmedAt != null))
            .FirstOrDefaultAsync(cancellationToken);
    }
}
