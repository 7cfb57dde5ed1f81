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

    /// <summary>The kinds that the account could show now: TOTP, recovery codes that are left.</summary>
    /// <param name="now">What waits until later does not count yet (<c>Security/Trust</c>).</param>
    /// <param name="except">A factor that is not to count, or null.</param>
    public static async Task<IReadOnlyList<FactorKind>> KindsAsync(
        AuthDbContext rows, AccountId account, DateTimeOffset now, CancellationToken cancellationToken, string? except = null) =>
        [.. (await Trusted(rows, account, now)
            .Where(row => row.Id != except)
            .Where(row => row.Kind == (int)FactorKind.Totp
                || rows.RecoveryCodes.Any(code => code.FactorId == row.Id && code.UsedAt == null))
            .Select(row => row.Kind)
            .Distinct()
            .ToListAsync(cancellationToken)).Select(kind => (FactorKind)kind).Order()];

    /// <summary>Whether the account could show a TOTP or a recovery code now.</summary>
    public static async Task<bool> AnyAsync(AuthDbContext rows, AccountId account, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await KindsAsync(rows, account, now, cancellationToken)).Count > 0;

    /// <summary>Whether this is the authenticator's code of now (RFC 6238), not used before. A code that passes is used up.</summary>
    public static async Task<bool> PassTotpAsync(Work work, AccountKeys keys, Secret<string> code, CancellationToken cancellationToken)
    {
        var factors = await Trusted(work.Rows, keys.Account, work.Now)
            .Where(row => row.Kind == (int)FactorKind.Totp)
            .ToListAsync(cancellationToken);
        return factors.Exists(factor => PassTotp(factor, keys, code, work.Now));
    }

    /// <summary>Whether this is one of the account's unused recovery codes. One that passes is used up.</summary>
    public async Task<bool> PassRecoveryCodeAsync(Work work, AccountKeys keys, Secret<string> code, CancellationToken cancellationToken)
    {
        if (await FindRecoveryCodeAsync(work.Rows, keys, code, Trusted(work.Rows, keys.Account, work.Now), cancellationToken) is not { } found)
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

    /// <summary>The account's factors, whether they count or not, but no set of recovery codes that a later one has replaced.</summary>
    internal static IQueryable<FactorRow> Standing(AuthDbContext rows, AccountId account, DateTimeOffset now) =>
        rows.Factors
            .Where(row => row.AccountId == account.Value)
            .Where(row => row.Kind != (int)FactorKind.RecoveryCode || !rows.Factors.Any(
                newer => newer.AccountId == row.AccountId && newer.Kind == row.Kind && newer.TrustedFrom <= now && newer.TrustedFrom > row.TrustedFrom));

    /// <summary>Those that count: confirmed, and past their wait.</summary>
    private static IQueryable<FactorRow> Trusted(AuthDbContext rows, AccountId account, DateTimeOffset now) =>
        Standing(rows, account, now).Where(row => row.TrustedFrom <= now);

    /// <summary>The unused code of one of these sets.</summary>
    internal async Task<RecoveryCodeRow?> FindRecoveryCodeAsync(
        AuthDbContext rows, AccountKeys keys, Secret<string> code, IQueryable<FactorRow> ofFactors, CancellationToken cancellationToken)
    {
        var hashes = _recoveryCodes.Hashes(keys, code);
        return await rows.RecoveryCodes
            .Where(row => hashes.Contains(row.Hash) && row.UsedAt == null && ofFactors.Any(factor => factor.Id == row.FactorId))
            .FirstOrDefaultAsync(cancellationToken);
    }
}
