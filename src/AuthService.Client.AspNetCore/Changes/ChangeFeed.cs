using System.Security.Cryptography;
using AuthService.Client.AspNetCore.Questions;
using AuthService.V1;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthService.Client.AspNetCore.Changes;

/// <summary>
/// Follows <c>WatchSessions</c> for as long as the service runs: resumes from where it was, at whichever replica answers, and comes back
/// with growing pauses. Meanwhile what is in memory stops being fresh by itself.
/// </summary>
internal sealed class ChangeFeed(ServiceConnection service, KnownChanges changes, TimeProvider clock, ILogger<ChangeFeed> log) : BackgroundService
{
    /// <summary>AuthService says something each second. A stream that is silent for so long is dead, whatever TCP says.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private int _failures;
    private bool? _isFollowed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _failures++;
                await FollowAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (RpcException refusal) when (refusal.StatusCode == StatusCode.OutOfRange)
            {
                log.FeedSetBack(changes.Sequence);
                changes.Forget();
            }
            catch (Exception problem)
            {
                Lost(problem);
            }

            await PauseAsync(stoppingToken);
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        var isBeginning = changes.Sequence == 0;
        var credential = await service.CredentialAsync(stoppingToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var watch = service.Sessions.WatchSessions(
            new WatchSessionsRequest { AfterSequence = changes.Sequence }, credential, cancellationToken: over.Token);
        while (await NextAsync(watch.ResponseStream, stoppingToken) is { } answer)
        {
            if (isBeginning)
                changes.Begin(answer);
            else
                changes.Take(answer);

            // Without a time the answer says nothing of when it began: then the next one is the beginning.
            isBeginning &= answer.FreshUntil is null;
            Found(answer);
        }
    }

    /// <returns>Null when the stream ended well: after a quarter of an hour, or because the replica goes.</returns>
    private async Task<WatchSessionsResponse?> NextAsync(IAsyncStreamReader<WatchSessionsResponse> answers, CancellationToken stoppingToken)
    {
        using var silence = new CancellationTokenSource(LongestSilence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, stoppingToken);
        return await answers.MoveNext(either.Token) ? answers.Current : null;
    }

    private void Found(WatchSessionsResponse answer)
    {
        if (_failures > 0 && answer.FreshUntil is { } until)
        {
            // Once a stream. Either way round the worst is that AuthService is asked more than needed.
            var ahead = (until.ToDateTimeOffset() - clock.GetUtcNow()).TotalSeconds;
            if (ahead is < 0 or > 11)
                log.ClocksApart(Math.Round(Freshness.Longest.TotalSeconds - ahead));
        }

        if (_isFollowed != true)
            log.FeedFound(answer.Sequence);
        (_failures, _isFollowed) = (0, true);
    }

    private void Lost(Exception problem)
    {
        // Once, not at each try.
        if (_isFollowed != false)
            log.FeedLost(problem);
        _isFollowed = false;
    }

    /// <summary>None after a stream that said something: it ended, and the next one resumes.</summary>
    private Task PauseAsync(CancellationToken stoppingToken)
    {
        if (_failures == 0)
            return Task.CompletedTask;

        // With a random part, so that a thousand services do not come back at once.
        var pause = Math.Min(FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(_failures - 1, 10)), LongestPause.TotalMilliseconds);
        var jittered = (pause / 2) + RandomNumberGenerator.GetInt32((int)(pause / 2) + 1);
        return Task.Delay(TimeSpan.FromMilliseconds(jittered), clock, stoppingToken).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
