using System.Security.Cryptography;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Hot;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Devices;

/// <summary>"Remember this device": tokens that open the gate, issued after a passed step-up or at a verified sign-up.</summary>
/// <remarks>
/// <code>
///   issued          current = A
///   A is used       current = A   next = B     B is given out; A stays good, should B have got lost on its way
///   A is used       current = A   next = C     B was lost: it is void
///   C is used       current = C   next = D     C arrived: A is void
/// </code>
/// The event <c>DEVICE_TOKEN_ISSUED</c> is the caller's to write: it knows the call and the session. Rotating writes none.
/// </remarks>
public sealed class DeviceTokens(IOptions<DeviceOptions> options, TimeProvider clock)
{
    private const string Prefix = "as_device";

    private readonly Func<AuthDbContext, byte[], string, DateTimeOffset, CancellationToken, Task<DeviceTokenRow?>> _live = EF.CompileAsyncQuery(
        (AuthDbContext rows, byte[] hash, string account, DateTimeOffset now, CancellationToken cancellationToken) => rows.DeviceTokens.AsNoTracking().SingleOrDefault(
            row => (row.CurrentHash == hash || row.NextHash == hash) && row.AccountId == account && row.ExpiresAt > now));

    /// <summary>Issues a token for the device that calls.</summary>
    /// <param name="device">The bound device that calls, or null: any app may be remembered.</param>
    /// <returns>The token's text, for <c>Session.device_token</c>.</returns>
    public async Task<string> IssueAsync(Work work, AccountId account, DeviceId? device, CancellationToken cancellationToken)
    {
        var earlier = await work.Rows.DeviceTokens
            .Where(row => row.AccountId == account.Value)
            .OrderByDescending(row => row.LastUsedAt).ThenByDescending(row => row.Id)
            .Skip(options.Value.TokensPerAccount - 1)
            .ToListAsync(cancellationToken);
        work.Rows.DeviceTokens.RemoveRange(earlier);

        var token = SecretTokens.Create(Prefix);
        work.Rows.DeviceTokens.Add(new DeviceTokenRow
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"),
            AccountId = account.Value,
            DeviceId = device?.Value,
            CurrentHash = token.Hash,
            CreatedAt = work.Now,
            LastUsedAt = work.Now,
            ExpiresAt = work.Now + options.Value.TokenLifetime,
        });
        return token.Text.Value;
    }

    /// <summary>The live token of this account with this text, or null: a copy, not to be changed. Any text is taken.</summary>
    public async Task<DeviceTokenRow?> FindAsync(AuthDbContext rows, AccountId account, string text, CancellationToken cancellationToken)
    {
        if (!SecretTokens.TryHash(Prefix, text, out var hash))
            return null;

        var now = clock.GetUtcNow();
        return await _live(rows, hash, account.Value, now, cancellationToken);
    }

    /// <summary>Notes that the token was used, and issues its successor.</summary>
    /// <param name="row">From <see cref="FindAsync"/>, also from before this transaction.</param>
    /// <param name="text">What was presented.</param>
    /// <returns>
    /// The successor's text; the one presented stays good until the successor is used. Empty if the token was erased, or replaced
    /// by its successor, since it was found: then there is nothing to succeed it.
    /// </returns>
    public async Task<string> RotateAsync(Work work, DeviceTokenRow row, string text, CancellationToken cancellationToken)
    {
        if (!SecretTokens.TryHash(Prefix, text, out var presented))
            return "";

        var successor = SecretTokens.Create(Prefix);
        var rotated = await work.RunAsync(
            statements => statements.RotateDeviceToken,
            new TokenRotation(row.Id, presented, successor.Hash, work.Now, work.Now + options.Value.TokenLifetime),
            cancellationToken);
        return rotated > 0 ? successor.Text.Value : "";
    }

    /// <summary>Erases all tokens that were issued to the device.</summary>
    /// <returns>How many.</returns>
    public Task<int> EraseOfDeviceAsync(Work work, AccountId account, DeviceId device, CancellationToken cancellationToken) =>
        work.Rows.DeviceTokens.Where(row => row.AccountId == account.Value && row.DeviceId == device.Value).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Erases what the account was issued at this very time: a request that runs again voids what its last run gave out.</summary>
    public Task<int> EraseIssuedAtAsync(Work work, AccountId account, DateTimeOffset time, CancellationToken cancellationToken) =>
        work.Rows.DeviceTokens.Where(row => row.AccountId == account.Value && row.CreatedAt == time).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Erases all tokens of the account.</summary>
    /// <returns>How many.</returns>
    public Task<int> EraseAllAsync(Work work, AccountId account, CancellationToken cancellationToken) =>
        work.Rows.DeviceTokens.Where(row => row.AccountId == account.Value).ExecuteDeleteAsync(cancellationToken);
}
