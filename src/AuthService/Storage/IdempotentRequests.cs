using System.Security.Cryptography;
using AuthService.Security.Keys;
using AuthService.Storage.Rows;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage;

/// <summary>Answers a repeated write with the answer of the first (AIP-155), for 24 hours. Not for answers that hold secrets.</summary>
public sealed class IdempotentRequests(Keyring keyring, ServiceSealing sealing, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Runs <paramref name="run"/>, unless this request was answered already; both in the transaction of <paramref name="work"/>.</summary>
    /// <param name="identity">Who sent what. A request without an id always runs.</param>
    /// <exception cref="RequestIdReusedException">The id was used for another request.</exception>
    public async Task<TResponse> OnceAsync<TResponse>(
        Work work, RequestIdentity identity, Func<Task<TResponse>> run, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>, new()
    {
        if (identity.RequestId.Length == 0)
            return await run();

        if (await FindAsync<TResponse>(work.Rows, identity, cancellationToken) is { } known)
            return known;

        var response = await run();
        var key = KeyOf(identity);
        await work.Rows.Requests.Where(row => row.Key == key).ExecuteDeleteAsync(cancellationToken);
        work.Rows.Requests.Add(new RequestRow
        {
            Key = key,
            RequestHash = HashOf(identity.Request),
            ResponseSealed = sealing.Seal(KeyUse.Request, Convert.ToHexString(key), response.ToByteArray()),
            ExpiresAt = work.Now + Kept,
        });
        return response;
    }

    /// <summary>The answer that was kept, or null: for who has slow work to do before the transaction, and would do it in vain.</summary>
    /// <exception cref="RequestIdReusedException">The id was used for another request.</exception>
    public async Task<TResponse?> FindAsync<TResponse>(AuthDbContext rows, RequestIdentity identity, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>, new()
    {
        if (identity.RequestId.Length == 0)
            return default;

        var (key, now) = (KeyOf(identity), clock.GetUtcNow());
        var known = await rows.Requests.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key && row.ExpiresAt > now, cancellationToken);
        if (known is null)
            return default;
        if (!keyring.All(KeyUse.Request).Any(used => used.IsMac(Covered(identity.Request), known.RequestHash)))
            throw new RequestIdReusedException();
        return sealing.TryOpen(KeyUse.Request, Convert.ToHexString(key), known.ResponseSealed, out var answer)
            ? new MessageParser<TResponse>(() => new TResponse()).ParseFrom(answer)
            : throw new InvalidOperationException("A kept answer does not open.");
    }

    private static byte[] KeyOf(RequestIdentity identity) =>
        SHA256.HashData(Transcript.Of(identity.Caller, identity.Rpc, identity.RequestId));

    /// <summary>Keyed: a request may hold a password, which a plain hash would give away to who guesses it.</summary>
    private byte[] HashOf(IMessage request) => keyring.Current(KeyUse.Request).Mac(Covered(request));

    private static byte[] Covered(IMessage request) => [.. "authservice/request/1"u8, .. request.ToByteArray()];
}

/// <summary>What makes a request the same request.</summary>
/// <param name="Caller">An account, a service, or, for anybody, a network.</param>
/// <param name="Rpc">Full name.</param>
/// <param name="RequestId">Chosen by the caller, or empty.</param>
/// <param name="Request">The message.</param>
public sealed record RequestIdentity(string Caller, string Rpc, string RequestId, IMessage Request);

/// <summary>A request id came with another request than before.</summary>
public sealed class RequestIdReusedException() : Exception("The request id was used for another request.");
