using AuthService.Client;
using AuthService.Protocol;
using AuthService.SystemTests.Harness;
using AuthService.Tests.Shared;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.SystemTests.Replicas;

/// <summary>
/// Somebody whose apps sign in, refresh and sign out all the time, at whichever replica answers, and who writes down what was
/// acknowledged. Any answer but "come back later" that takes a session away is a logged-out owner.
/// </summary>
internal sealed class Household(Cluster cluster, Person person, string deviceToken, int seed)
{
    private const int MostSessions = 3;

    private static readonly TimeSpan ComeBack = TimeSpan.FromMilliseconds(50);

    private readonly Dice _dice = new(seed);
    private string _deviceToken = deviceToken;

    /// <summary>Open, as far as was acknowledged: by id, with the newest tokens.</summary>
    public Dictionary<string, Session> Open { get; } = new(StringComparer.Ordinal);

    /// <summary>Whose end was acknowledged.</summary>
    public List<Session> Ended { get; } = [];

    /// <summary>Every session whose opening was acknowledged.</summary>
    public HashSet<string> Opened { get; } = new(StringComparer.Ordinal);

    public int Answers { get; private set; }

    /// <summary>Calls that were not answered, or told to come back.</summary>
    public int Failures { get; private set; }

    public async Task LiveAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            switch (_dice.Throw(10))
            {
                case 0 or 1 when Open.Count < MostSessions:
                    await SignInAsync();
                    break;
                case 2 when Open.Count > 0:
                    await SignOutAsync(Pick());
                    break;
                case var _ when Open.Count > 0:
                    await RefreshAsync(Pick());
                    break;
                default:
                    await SignInAsync();
                    break;
            }
        }
    }

    /// <summary>The refresh token is presented until there is an answer: an answer that was lost must not log anybody out.</summary>
    public async Task RefreshAsync(Session session)
    {
        while (true)
        {
            var answer = await TryAsync(replica => replica.Sessions.RefreshSessionAsync(
                new RefreshSessionRequest { RefreshToken = session.RefreshToken }, ServiceProcess.From(person.Network), deadline: Deadline()));
            if (answer is null)
                continue;
            Open[session.SessionId] = answer.Session;
            return;
        }
    }

    private async Task SignInAsync()
    {
        var request = person.LoginRequest(_deviceToken);
        var answer = await TryAsync(replica => replica.Logins.LoginAsync(request, ServiceProcess.From(person.Network), deadline: Deadline()));
        if (answer is null)
            return;

        // The answer before may have been lost, and the new device token with it: then it takes the code.
        var session = answer.Session;
        if (session is null)
            return;
        _deviceToken = session.DeviceToken;
        Opened.Add(session.SessionId);
        Open[session.SessionId] = session;
    }

    private async Task SignOutAsync(Session session)
    {
        // From here on it may have ended, acknowledged or not.
        Open.Remove(session.SessionId);
        while (true)
        {
            try
            {
                var answer = await TryAsync(replica => replica.Sessions.RevokeSessionAsync(
                    new RevokeSessionRequest { SessionId = session.SessionId }, ServiceProcess.Bearer(cluster.AdminToken), deadline: Deadline()));
                if (answer is null)
                    continue;
            }
            catch (RpcException gone) when (gone.StatusCode == StatusCode.NotFound)
            {
                // The try before did it, and its answer was lost.
            }

            Ended.Add(session);
            return;
        }
    }

    private async Task<T?> TryAsync<T>(Func<ServiceProcess, AsyncUnaryCall<T>> call)
        where T : class
    {
        try
        {
            var answer = await call(cluster.Any);
            Answers++;
            return answer;
        }
        catch (RpcException fault) when (IsPassing(fault))
        {
            Failures++;
            await Eventually.PassAsync(ComeBack);
            return null;
        }
        catch (ObjectDisposedException)
        {
            // The replica went while it was being chosen.
            Failures++;
            return null;
        }
    }

    private static bool IsPassing(RpcException fault) =>
        fault.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled
        || AuthServiceException.From(fault) is { Reason: "" or ErrorReasons.Overloaded or ErrorReasons.RateLimited };

    private Session Pick() => Open.Values.ElementAt(_dice.Throw(Open.Count));

    private static DateTime Deadline() => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20);
}
