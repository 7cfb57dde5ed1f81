using System.Buffers.Binary;
using AuthService.Hosting.Calls;
using AuthService.Security;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;
using BitFaster.Caching.Lru;

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
/// revoked ends here within <see cref="BelievedFor"/>, counted from when any replica asked the store.
/// </remarks>
public sealed class ServiceCredentials : ICallerSource
{
    public const string Prefix = "as_service";

    /// <summary>How long what the store said of a credential is believed. A store that is lost stops services after this.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(10);

    private readonly ConcurrentLru<TokenKey, Known> _known = new(1024);
    private readonly CredentialReader _reader;
    private readonly TimeProvider _clock;
    private int _revocations;

    internal ServiceCredentials(CredentialReader reader, TimeProvider clock) => (_reader, _clock) = (reader, clock);

    public ValueTask<Caller?> IdentifyAsync(string bearerToken, CancellationToken cancellationToken)
    {
        if (!SecretTokens.TryHash(Prefix, bearerToken, out var hash))
            return default;

        var now = _clock.GetUtcNow();
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
            Id = Guid.CreateVersion7(_clock.GetUtcNow()).ToString("N"),
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
        work.AfterCommit(() => _reader.ForgetAsync(row.Hash));
    }

    private async ValueTask<Caller?> ReadAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var revocations = Volatile.Read(ref _revocations);
        var stored = await _reader.ReadAsync(hash, cancellationToken);
        if (stored.Id is null || stored.ExpiresAt <= _clock.GetUtcNow())
            return null;

        var caller = new Caller.Service(stored.Id, stored.Name, stored.Scopes);

        // One that was revoked between reading and remembering it must not come back through memory.
        if (Volatile.Read(ref _revocations) != revocations)
            return caller;
        _known.AddOrUpdate(TokenKey.Of(hash), new Known(caller, stored.ExpiresAt, stored.ReadAt));
        if (Volatile.Read(ref _revocations) != revocations)
            _known.TryRemove(TokenKey.Of(hash));
        return caller;
    }

    /// <summary>
    /// Remembers that it is none, for as long as anybody may believe what the store said before: another replica may just be writing that down.
    /// </summary>
    private void Forget(byte[] hash)
    {
        Interlocked.Increment(ref _revocations);
        _known.AddOrUpdate(TokenKey.Of(hash), new Known(null, DateTimeOffset.MinValue, _clock.GetUtcNow()));
    }

    private sealed record Known(Caller.Service? Caller, DateTimeOffset ExpiresAt, DateTimeOffset ReadAt);

    /// <summary>All 256 bits of the hash.</summary>
    private readonly record struct TokenKey(UInt128 High, UInt128 Low)
    {
        public static TokenKey Of(ReadOnlySpan<byte> hash) =>
            new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
