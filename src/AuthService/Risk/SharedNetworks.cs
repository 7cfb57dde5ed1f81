using AuthService.Ecv.Risk;
using AuthService.Hosting.Network;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Hot;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Risk;

/// <summary>
/// How many accounts share a /24 or /48: a network that 20 or more use is nobody's own. Counted exactly up to 20 and no
/// further, so a network has at most 20 rows. Tokens are under the service's key, not an account's: they must be comparable.
/// </summary>
public sealed class SharedNetworks(Keyring keyring)
{
    /// <summary>Where counting stops.</summary>
    public const int Many = RiskPolicy.MostAccountsCounted;

    private const int TokenLength = 16;

    /// <summary>How exactly it is known when an account was last seen: rows are kept for months.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromDays(1);

    /// <summary>The accounts seen on the network, this one included; at most <see cref="Many"/>.</summary>
    public async Task<int> CountAsync(AuthDbContext rows, ClientNetwork network, AccountId account, CancellationToken cancellationToken)
    {
        var (place, self) = (Token("network", network.Prefix), Token("account", account.Value));
        var others = await rows.NetworkAccounts.CountAsync(row => row.Network == place && row.Account != self, cancellationToken);
        return Math.Min(Many, others + 1);
    }

    /// <summary>Notes that the account was signed in from the network.</summary>
    public async Task NoteAsync(Work work, ClientNetwork network, AccountId account, CancellationToken cancellationToken)
    {
        var seen = new NetworkAccountRow
        {
            Network = Token("network", network.Prefix), Account = Token("account", account.Value), LastSeenAt = work.Now,
        };
        var known = await work.FindAsync(statements => statements.SelectNetworkAccount, seen, NetworkAccountColumns.Read, cancellationToken);
        var isNews = known is null
            ? await work.Rows.NetworkAccounts.CountAsync(row => row.Network == seen.Network, cancellationToken) < Many
            : work.Now - known.LastSeenAt >= Resolution;
        if (isNews)
            work.Write(statements => statements.PutNetworkAccount, seen);
    }

    private byte[] Token(string kind, string value) =>
        keyring.Current(KeyUse.Population).Mac(Transcript.Of("authservice/shared-networks/1", kind, value))[..TokenLength];
}
