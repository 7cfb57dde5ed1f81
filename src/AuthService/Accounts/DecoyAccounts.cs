using System.Buffers.Binary;
using AuthService.Environments;
using AuthService.Hosting;
using AuthService.Security.Keys;
using AuthService.Security.Passwords;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Accounts;

/// <summary>
/// Accounts of nobody. An unknown identifier is answered from one of them, always the same one, so that it takes the reads, the
/// hash and the writes of an account that exists.
/// </summary>
/// <remarks>
/// A few are enough: nothing that an attempt changes belongs to the decoy (failures count against the identifier), so two
/// identifiers that share one cannot tell. Several rather than one, so that their rows and keys are no hotter than they need be.
/// </remarks>
public sealed class DecoyAccounts(
    Database database,
    AccountKeyStore accountKeys,
    PasswordHashing passwords,
    Keyring keyring,
    IOptions<DeploymentOptions> deployment,
    TimeProvider clock)
{
    internal const int Count = 32;

    private const string Purpose = "authservice/decoy/1";

    private AccountId[] _decoys = [];

    /// <summary>The decoy that stands in for a contact: by a MAC, so that nobody can compute which, or find two that share one.</summary>
    public AccountId For(Contact contact)
    {
        var mac = keyring.Current(KeyUse.Decoy).Mac(Transcript.Of(Purpose, contact.IndexKind, contact.Value));
        return _decoys[BinaryPrimitives.ReadUInt64BigEndian(mac) % (ulong)_decoys.Length];
    }

    /// <summary>Loads the decoys, and makes those that are missing: all, at the first start.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var known = await database.ReadAsync(rows => KnownAsync(rows, cancellationToken), cancellationToken);
        var missing = Enumerable.Range(0, Math.Max(0, Count - known.Count))
            .Select(_ => AccountId.Create(deployment.Value.Region, clock)).ToList();

        // Keys first, rows after them, as for any account.
        var keys = new List<AccountKeys>(missing.Count);
        foreach (var decoy in missing)
            keys.Add(await accountKeys.CreateAsync(decoy, cancellationToken));
        if (missing.Count > 0)
            known = await database.WriteAsync(work => AddAsync(work, keys, cancellationToken), cancellationToken);

        // Of replicas that start at once one makes them; what the others made in vain goes.
        foreach (var unused in missing.Where(decoy => !known.Contains(decoy.Value, StringComparer.Ordinal)))
            await accountKeys.DestroyAsync(unused, cancellationToken);
        _decoys = [.. known.Order(StringComparer.Ordinal).Select(AccountId.Parse)];
    }

    private static Task<List<string>> KnownAsync(AuthDbContext rows, CancellationToken cancellationToken) =>
        rows.Accounts.Where(row => row.IsDecoy).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);

    /// <returns>All there are then.</returns>
    private async Task<List<string>> AddAsync(Work work, IReadOnlyList<AccountKeys> made, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(work.Rows, cancellationToken);
        var decoys = made.Take(Math.Max(0, Count - known.Count)).ToList();
        work.Rows.Profiles.AddRange(decoys.Select(keys => new ProfileRow
        {
            AccountId = keys.Account.Value,
            Profile = DecoyProfile.Make(keys, work.Now),
            UpdatedAt = work.Now,
        }));
        work.Rows.Accounts.AddRange(decoys.Select(keys => new AccountRow
        {
            Id = keys.Account.Value,
            IsDecoy = true,
            CreatedAt = work.Now,
            UpdatedAt = work.Now,
            VerifiedAt = work.Now,
            PasswordHash = passwords.CreateUnmatchable(),
            PasswordStandsAlone = true,
            PasswordChangedAt = work.Now,
            PolicyVersion = deployment.Value.PolicyVersion,
            Locale = "en",
        }));

        // All of them consent, so that as much is turned into tokens for nobody as for somebody.
        work.Rows.Consents.AddRange(decoys.SelectMany(keys => Consents.OfSignals.Select(purpose => new ConsentRow
        {
            AccountId = keys.Account.Value,
            DeviceId = "",
            Purpose = (int)purpose,
            GrantedAt = work.Now,
            PolicyVersion = deployment.Value.PolicyVersion,
        })));
        return [.. known, .. decoys.Select(keys => keys.Account.Value)];
    }
}
