using AuthService.Hosting.Errors;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace AuthService.Sessions;

/// <summary>Tells a service which sessions changed, as it happens, and once a second that nothing else did.</summary>
/// <remarks>
/// Nothing is queued for a watcher: each reads on from where it is, from memory or, far behind, from the database. So a slow one costs
/// no memory and holds up nobody.
/// </remarks>
internal sealed class WatchSessions(
    SessionFeed feed, IOptions<SessionOptions> options, IHostApplicationLifetime lifetime, TimeProvider clock) : IDisposable
{
    /// <summary>A stream ends after this, and is opened again: with a credential that still has to be good.</summary>
    public static readonly TimeSpan LongestStream = TimeSpan.FromMinutes(15);

    private const int Batch = 500;

    private readonly SemaphoreSlim _places = new(options.Value.MostWatchers, options.Value.MostWatchers);

    public async Task RunAsync(WatchSessionsRequest request, IServerStreamWriter<WatchSessionsResponse> answers, CancellationToken cancellationToken)
    {
        if (request.AfterSequence < 0)
            throw CallErrors.InvalidField("after_sequence", "Must be 0, or the sequence of an earlier answer.");
        if (!await _places.WaitAsync(TimeSpan.Zero, cancellationToken))
            throw CallErrors.Overloaded(TimeSpan.FromSeconds(10));

        try
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
            await FollowAsync(request.AfterSequence, answers, ends.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // This replica goes: the stream ends well, and the watcher goes on elsewhere.
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task FollowAsync(long after, IServerStreamWriter<WatchSessionsResponse> answers, CancellationToken cancellationToken)
    {
        await feed.CatchUpAsync(cancellationToken);

        // Another replica may have sent what this one has not read yet.
        if (after > feed.Sequence)
            await feed.LookAsync(cancellationToken);
        if (after > feed.Sequence)
            throw CallErrors.Plain(
                StatusCode.OutOfRange, Protocol.ErrorReasons.NotFound, "No change has this sequence: forget all answers, and begin with 0.");

        var (started, sequence) = (clock.GetUtcNow(), after == 0 ? feed.Sequence : after);
        while (clock.GetUtcNow() - started < LongestStream)
        {
            var looked = feed.NextLookAsync();
            var freshUntil = feed.FreshUntil;
            var changes = await feed.AfterAsync(sequence, Batch, cancellationToken);
            var answer = new WatchSessionsResponse { Sequence = changes.Count > 0 ? changes[^1].Sequence : sequence };
            answer.Changes.AddRange(changes.Select(ToMessage));

            // Only who has all of it may answer by itself.
            if (changes.Count < Batch)
                answer.FreshUntil = Timestamp.FromDateTimeOffset(freshUntil);
            await answers.WriteAsync(answer, cancellationToken);
            sequence = answer.Sequence;
            if (changes.Count < Batch)
                await looked.WaitAsync(cancellationToken);
        }
    }

    private static SessionChange ToMessage(SessionChangeRow row) => new()
    {
        Sequence = row.Sequence,
        SessionId = row.SessionId,
        AccountId = row.AccountId,
        Kind = row.Kind == SessionEffect.Ended ? SessionChangeKind.Ended : SessionChangeKind.TokensReplaced,
        TokensFrom = row.TokensFrom,
        ChangeTime = Timestamp.FromDateTimeOffset(row.At),
    };
}
