using System.Collections.Frozen;
using System.Security.Cryptography;
using AuthService.Client.AspNetCore.Questions;
using AuthService.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthService.Client.AspNetCore.Tokens;

/// <param name="Key">The public key, or null.</param>
/// <param name="IsUnavailable">Whether nobody knows, since AuthService could not be reached.</param>
internal readonly record struct FoundKey(ECParameters? Key, bool IsUnavailable = false);

/// <summary>AuthService's signing keys: <c>ListSigningKeys</c>, read again before they are <see cref="Freshness.Longest"/> old.</summary>
/// <remarks>
/// A compromised key ends at once, so keys are believed no longer than all else. They are read by need: one read at a time, for all who
/// wait for it, and never more than one in <see cref="Pause"/>, whatever ids strangers make up.
/// </remarks>
internal sealed class PublishedKeys(
    ServiceConnection service, SessionsMetrics metrics, IOptions<AuthServiceSessionsOptions> options, TimeProvider clock, ILogger<PublishedKeys> log)
{
    /// <summary>Keys younger than this are all there are.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private volatile KeySet? _keys;
    private Task? _fetch;
    private long? _fetchedAt;
    private bool _failed;

    public async ValueTask<FoundKey> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var keys = _keys;
        if (keys is null || IsOlder(keys, Freshness.Longest) || !keys.ById.ContainsKey(keyId))
        {
            await FetchIfDue().WaitAsync(cancellationToken);
            keys = _keys;
        }
        else if (IsOlder(keys, Pause))
        {
            _ = FetchIfDue(); // nobody needs to wait for it yet
        }

        if (keys is null || IsOlder(keys, Freshness.Longest))
            return new FoundKey(null, IsUnavailable: true);
        return keys.ById.TryGetValue(keyId, out var key) ? new FoundKey(key) : new FoundKey(null, IsUnavailable: IsOlder(keys, Pause));
    }

    private bool IsOlder(KeySet keys, TimeSpan age) => clock.GetElapsedTime(keys.AskedAt) >= age;

    /// <summary>The read that is under way, or a new one; none if the last one was just now.</summary>
    private Task FetchIfDue()
    {
        lock (_lock)
        {
            if (_fetch is { IsCompleted: false })
                return _fetch;
            if (_fetchedAt is { } at && clock.GetElapsedTime(at) < (_failed ? PauseAfterFailure : Pause))
                return Task.CompletedTask;

            var now = clock.GetTimestamp();
            _fetchedAt = now;
            return _fetch = Task.Run(() => FetchAsync(now));
        }
    }

    /// <summary>Throws nothing: who waits looks at the keys.</summary>
    private async Task FetchAsync(long askedAt)
    {
        try
        {
            // Not a caller's own token: it is for all of them.
            using var patience = new CancellationTokenSource(options.Value.Patience, clock);
            var answer = await service.Sessions.ListSigningKeysAsync(new ListSigningKeysRequest(), cancellationToken: patience.Token);
            _keys = new KeySet(Read(answer), askedAt);
            Note(null);
        }
        catch (Exception problem) when (problem is RpcException or OperationCanceledException)
        {
            Note(problem);
        }
    }

    private void Note(Exception? problem)
    {
        metrics.Fetched(problem is null);
        lock (_lock)
        {
            if (problem is not null && !_failed)
                log.KeysLost(problem);
            _failed = problem is not null;
        }
    }

    private FrozenDictionary<string, ECParameters> Read(ListSigningKeysResponse answer)
    {
        var keys = new Dictionary<string, ECParameters>(StringComparer.Ordinal);
        foreach (var key in answer.Keys)
        {
            if (key.Algorithm == "ES256" && TryRead(key, out var parameters))
                keys[key.KeyId] = parameters;
            else
                log.KeyNotUsed(key.KeyId);
        }

        return keys.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static bool TryRead(SigningKey key, out ECParameters parameters)
    {
        parameters = default;
        try
        {
            using var handle = ECDsa.Create();
            handle.ImportSubjectPublicKeyInfo(key.PublicKey.Span, out _);
            parameters = handle.ExportParameters(includePrivateParameters: false);
            return parameters.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <param name="ById">The keys.</param>
    /// <param name="AskedAt">The clock's timestamp before they were asked for: they were right then at the earliest.</param>
    private sealed record KeySet(FrozenDictionary<string, ECParameters> ById, long AskedAt);
}
