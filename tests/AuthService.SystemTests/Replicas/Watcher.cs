using System.Collections.Concurrent;
using System.Diagnostics;
using AuthService.SystemTests.Harness;
using AuthService.V1;

namespace AuthService.SystemTests.Replicas;

/// <summary>Follows one replica's stream until it has heard of so many sessions' ends.</summary>
internal sealed class Watcher
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<(string SessionId, long At)> _ended = new();

    public Watcher(ServiceProcess replica, string token, int most, CancellationToken cancellationToken) =>
        Done = FollowAsync(replica, token, most, cancellationToken);

    public Task Ready => _ready.Task;

    public Task Done { get; }

    /// <summary>Which sessions' ends it was told of, in their order, and when.</summary>
    public IReadOnlyCollection<(string SessionId, long At)> Ended => _ended;

    private async Task FollowAsync(ServiceProcess replica, string token, int most, CancellationToken cancellationToken)
    {
        using var watch = replica.Sessions.WatchSessions(new WatchSessionsRequest(), ServiceProcess.Bearer(token), cancellationToken: cancellationToken);
        while (_ended.Count < most && await watch.ResponseStream.MoveNext(cancellationToken))
        {
            _ready.TrySetResult();
            foreach (var change in watch.ResponseStream.Current.Changes.Where(change => change.Kind == SessionChangeKind.Ended))
                _ended.Enqueue((change.SessionId, Stopwatch.GetTimestamp()));
        }
    }
}
