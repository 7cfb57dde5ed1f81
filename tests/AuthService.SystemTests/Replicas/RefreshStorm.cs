using System.Collections.Concurrent;
using AuthService.Client;
using AuthService.SystemTests.Harness;
using AuthService.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace AuthService.SystemTests.Replicas;

/// <summary>
/// Many owners who refresh at once, over links that drop answers: a lost one is asked for again, with the same token, at another
/// replica. Each tenth time two of an owner's apps present the same token at once.
/// </summary>
internal sealed class RefreshStorm(IReadOnlyList<FaultyLink> links, int seed)
{
    /// <summary>How often each owner refreshes.</summary>
    public const int Rounds = 3;

    /// <summary>Owners at the same moment; each has connections of its own, so that a broken one costs one answer.</summary>
    public const int AtOnce = 64;

    private readonly Dice _dice = new(seed);
    private int _refreshes;
    private int _lost;
    private int _forks;

    /// <summary>What was acknowledged last of each session.</summary>
    public ConcurrentDictionary<string, Session> Newest { get; } = new(StringComparer.Ordinal);

    /// <summary>Refused for whatever reason: by session, what was said.</summary>
    public ConcurrentDictionary<string, string> LoggedOut { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers that arrived.</summary>
    public int Refreshes => Volatile.Read(ref _refreshes);

    /// <summary>Calls that ended without one.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>Times that two answers to one token disagreed.</summary>
    public int Forks => Volatile.Read(ref _forks);

    public async Task RunAsync(IEnumerable<(Person Owner, Session Session)> sessions)
    {
        var waiting = new ConcurrentQueue<(Person Owner, Session Session)>(sessions);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(worker => Task.Run(() => WorkAsync(worker, waiting))));
    }

    private async Task WorkAsync(int worker, ConcurrentQueue<(Person Owner, Session Session)> waiting)
    {
        var replicas = links.Select(link => GrpcChannel.ForAddress(new UriBuilder("http", "127.0.0.1", link.Port).Uri)).ToList();
        try
        {
            for (var first = worker; waiting.TryDequeue(out var next); first++)
                await OwnAsync(replicas, first, next.Owner, next.Session);
        }
        finally
        {
            foreach (var replica in replicas)
                replica.Dispose();
        }
    }

    private async Task OwnAsync(List<GrpcChannel> replicas, int first, Person owner, Session session)
    {
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                Task<Session>[] apps = _dice.Throw(10) == 0
                    ? [RefreshAsync(replicas, first + round, owner, session), RefreshAsync(replicas, first + round + 1, owner, session)]
                    : [RefreshAsync(replicas, first + round, owner, session)];
                var answers = await Task.WhenAll(apps);
                if (answers.DistinctBy(answer => answer.RefreshToken, StringComparer.Ordinal).Count() > 1)
                    Interlocked.Increment(ref _forks);
                Newest[session.SessionId] = session = answers[0];
            }
        }
        catch (RpcException refusal)
        {
            LoggedOut[session.SessionId] = refusal.Status.ToString();
        }
    }

    private async Task<Session> RefreshAsync(List<GrpcChannel> replicas, int first, Person owner, Session session)
    {
        for (var at = first; ; at++)
        {
            try
            {
                var answer = await new SessionService.SessionServiceClient(replicas[at % replicas.Count]).RefreshSessionAsync(
                    new RefreshSessionRequest { RefreshToken = session.RefreshToken }, ServiceProcess.From(owner.Network));
                Interlocked.Increment(ref _refreshes);
                return answer.Session;
            }
            catch (RpcException fault) when (AuthServiceException.From(fault).Reason.Length == 0)
            {
                // Whatever the service says comes with a reason: this was the connection.
                Interlocked.Increment(ref _lost);
            }
        }
    }
}
