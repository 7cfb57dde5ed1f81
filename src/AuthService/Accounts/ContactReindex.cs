using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>
/// Computes the blind index of contacts anew, under the key that has taken over: from the contact that is sealed in the account's row,
/// since an index tells nothing.
/// </summary>
internal sealed class ContactReindex(BlindIndex index, ContactIndex contacts, AccountKeyStore accountKeys, Database database) : IRekeyed
{
    /// <summary>Few, so that a sign-up or a change of contact that meets them waits for little.</summary>
    private const int MovedAtOnce = 50;

    public KeyUse Use => KeyUse.BlindIndex;

    public Task<long> CountAsync(KeyId key, CancellationToken cancellationToken) =>
        database.ReadAsync(rows => rows.Contacts.LongCountAsync(row => row.KeyId == key.Value, cancellationToken), cancellationToken);

    public async Task<long> MoveAsync(KeyId from, CancellationToken cancellationToken)
    {
        var moved = 0L;
        while (index.Key != from && await NextAsync(from, cancellationToken) is { Count: > 0 } batch)
        {
            // The keys come first: another store, which takes its time.
            var keys = new Dictionary<string, AccountKeys>(StringComparer.Ordinal);
            foreach (var account in batch.Select(row => row.AccountId).Distinct())
            {
                if (await accountKeys.FindAsync(AccountId.Parse(account), cancellationToken) is { } found)
                    keys[account] = found;
            }

            await database.WriteAsync(work => MoveAsync(work, from, batch, keys, cancellationToken), cancellationToken);
            moved += batch.Count;
        }

        return moved;
    }

    private Task<List<ContactRow>> NextAsync(KeyId from, CancellationToken cancellationToken) => database.ReadAsync(
        rows => rows.Contacts.Where(row => row.KeyId == from.Value).OrderBy(row => row.BlindIndex).Take(MovedAtOnce).ToListAsync(cancellationToken),
        cancellationToken);

    private async Task MoveAsync(
        Work work, KeyId from, IReadOnlyList<ContactRow> batch, Dictionary<string, AccountKeys> keys, CancellationToken cancellationToken)
    {
        var accounts = batch.Select(row => row.AccountId).ToList();
        var owners = await work.Rows.Accounts.Where(row => accounts.Contains(row.Id)).ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancellationToken);
        var indexes = batch.Select(row => row.BlindIndex).ToList();
        var rows = await work.Rows.Contacts.Where(row => indexes.Contains(row.BlindIndex) && row.KeyId == from.Value).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            work.Rows.Contacts.Remove(row);

            // Of an account whose keys or whose contact are gone nothing can be found any more: neither need it be.
            if (keys.TryGetValue(row.AccountId, out var own)
                && owners.TryGetValue(row.AccountId, out var owner)
                && ContactChanges.BoxOf(owner, row.Kind) is { } box)
                work.Rows.Contacts.Add(contacts.RowOf(own.Account, ContactChanges.ContactOf(own, row.Kind, box)));
        }
    }
}
