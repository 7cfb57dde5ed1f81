using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Messaging;

/// <summary>
/// What a notice carries so that its reader can say "that was not me", also from a telephone that is signed in nowhere: 256 random
/// bits, kept as a hash, good once and for a week, for one account and the login that the notice told of.
/// </summary>
public static class ReportTokens
{
    /// <summary>Long enough for somebody who reads mail after a holiday of some days.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const string Prefix = "as_report";

    /// <summary>Issues a token for a notice, in its transaction.</summary>
    /// <param name="verdictId">Of the login that the notice tells of, or null.</param>
    /// <returns>The token's text.</returns>
    public static string Issue(Work work, string account, string? verdictId)
    {
        var token = SecretTokens.Create(Prefix);
        work.Rows.ReportTokens.Add(new ReportTokenRow
        {
            Hash = token.Hash,
            AccountId = account,
            VerdictId = verdictId,
            CreatedAt = work.Now,
            ExpiresAt = work.Now + Lifetime,
        });
        return token.Text.Value;
    }

    /// <summary>The token with this text, used or not, unless it has expired. Any text is taken.</summary>
    public static async Task<ReportTokenRow?> FindAsync(AuthDbContext rows, string text, DateTimeOffset now, CancellationToken cancellationToken) =>
        SecretTokens.TryHash(Prefix, text, out var hash)
            ? await rows.ReportTokens.SingleOrDefaultAsync(row => row.Hash == hash && row.ExpiresAt > now, cancellationToken)
            : null;

    /// <summary>Ends all tokens of the account: what they could report has been reported.</summary>
    public static async Task UseAllAsync(Work work, AccountId account, CancellationToken cancellationToken)
    {
        var tokens = await work.Rows.ReportTokens.Where(row => row.AccountId == account.Value && row.UsedAt == null).ToListAsync(cancellationToken);
        foreach (var token in tokens)
            token.UsedAt = work.Now;
    }
}
