using System.Buffers.Binary;
using AuthService.Hosting.Calls;
using AuthService.Security;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;
using BitFaster.Caching.Lru;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Administration;

/// <summary>What a new credential is to be.</summary>
/// <param name="Name">Of the service or operator that will hold it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="RequestedBy">The caller and the request, or null: see <see cref="ServiceCredentialRow.RequestedBy"/>.</param>
public sealed record CredentialGrant(CredentialName Name, CredentialScopes Scopes, DateTimeOffset ExpiresAt, string? RequestedBy = null);

/// <summary>A credential that was just made.</summary>
/// <param name="Row">What the store keeps.</param>
/// <param name="Token">What its holder sends as Bearer. Shown once.</param>
public sealed record IssuedCredential(ServiceCredentialRow Row, Secret<string> Token);

/// <summary>
/// What internal services and operators sign in with: <c>as_service_</c> and 256 random bits. The store keeps their hash. Also for
/// <c>authctl services</c>, which works on the database itself: writing the audit event is the caller's.
/// </summary>
/// <remarks>
/// A call costs a hash and a look-up in memory. A credential revoked through this process ends at once; one that another process
/// revoked ends here within <see cref="BelievedFor"/>.
/// </remarks>
public sealed class ServiceCredentials(Database database, TimeProvider clock) : ICallerSource
{
    public const string Prefix = "as_service";

    /// <summary>How long what the store said of a credential is believed. A store that is lost stops services after this.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(10);

    private readonly ConcurrentLru<TokenKey, Known> _known = new(1024);
    private int _revocations;

    public ValueTask<Caller?> IdentifyAsync(string bearerToken, CancellationToken cancellationToken)
    {
        if (!SecretTokens.TryHash(Prefix, bearerToken, out var hash))
            return default;

        var now = clock.GetUtcNow();
        return _known.TryGet(TokenKey.Of(hash), out var known) && now < known.ReadAt + BelievedFor
            ? new ValueTask<Caller?>(now < known.ExpiresAt ? known.Caller : null)
            : ReadAsync(hash, cancellationToken);
    }

    /// <summary>Makes a credential. It is good once the transaction is durable.</summary>
    public IssuedCredential Issue(Work work, CredentialGrant grant)
    {
        var token = SecretTokens.Create(Prefix);
        var row = new ServiceCredentialRow
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"),
            Name = grant.Name.Value,
            Scopes = grant.Scopes.ToString(),
            Hash = token.Hash,
            RequestedBy = grant.RequestedBy,
            CreatedAt = work.Now,
            ExpiresAt = grant.ExpiresAt,
        };
        work.Rows.ServiceCredentials.Add(row);
        return new IssuedCredential(row, token.Text);
    }

    /// <summary>Ends a credential: when the transaction is durable, it is not good any more.</summary>
    public void Revoke(Work work, ServiceCredentialRow row)
    {
        row.RevokedAt = work.Now;
        work.AfterCommit(() => Forget(row.Hash));
    }

    private async ValueTask<Caller?> ReadAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var revocations = Volatile.Read(ref _revocations);
        var now = clock.GetUtcNow();
        var row = await database.ReadAsync(
            rows => rows.ServiceCredentials.SingleOrDefaultAsync(row => row.Hash == hash && row.RevokedAt == null, cancellationToken),
            cancellationToken);
        if (row is null || row.ExpiresAt <= now)
            return null;

        var caller = new Caller.Service(row.Id, row.Name, row.Scopes.Split(' '));
        _known.AddOrUpdate(TokenKey.Of(hash), new Known(caller, row.ExpiresAt, now));

        // One that was revoked between reading and remembering it must not come back through memory.
        if (Volatile.Read(ref _revocations) != revocations)
            _known.TryRemove(TokenKey.Of(hash));
        return caller;
    }

    private void Forget(byte[] hash)
    {
        Interlocked.Increment(ref _revocations);
        _known.TryRemove(TokenKey.Of(hash));
    }

    private sealed record Known(Caller.Service Caller, DateTimeOffset ExpiresAt, DateTimeOffset ReadAt);

    /// <summary>All 256 bits of the hash.</summary>
    private readonly record struct TokenKey(UInt128 High, UInt128 Low)
    {
        public static TokenKey Of(ReadOnlySpan<byte> hash) =>
            new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
