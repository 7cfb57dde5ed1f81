using AuthService.V1;

namespace AuthService.LoadTest.Subject;

/// <summary>People who live at home with so many sessions each, and what they hold of them. Whoever uses a session up writes the next one here.</summary>
internal sealed class Residents
{
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 8 };

    private readonly Session[][] _sessions;
    private readonly string[] _deviceTokens;

    private Residents(int people, int each)
    {
        _sessions = [.. Enumerable.Range(0, people).Select(_ => new Session[each])];
        _deviceTokens = new string[people];
    }

    public int People => _sessions.Length;

    public int SessionsOfOne => _sessions[0].Length;

    public int Sessions => People * SessionsOfOne;

    /// <summary>A session by number, of all people's.</summary>
    public Session this[int session] => _sessions[session % People][session / People];

    /// <summary>Whose it is.</summary>
    public int OwnerOf(int session) => session % People;

    /// <param name="service">Where they sign up and log in.</param>
    /// <param name="people">How many.</param>
    /// <param name="each">Sessions of each: one sign-up, and logins.</param>
    /// <param name="opened">Told of each session.</param>
    public static async Task<Residents> MoveInAsync(ISubject service, int people, int each, Action opened)
    {
        var residents = new Residents(people, each);
        await Parallel.ForEachAsync(Enumerable.Range(0, people), AtOnce, async (number, _) =>
        {
            for (var at = 0; at < each; at++)
            {
                residents.Keep(number + (at * people), at == 0
                    ? await Population.SignUpAsync(service, number)
                    : await Population.LogInAsync(service, number, residents.DeviceTokenOf(number)));
                opened();
            }
        });
        return residents;
    }

    /// <summary>Access tokens are good for minutes: gives every session a new one.</summary>
    public Task RenewAsync(ISubject service) => Parallel.ForEachAsync(Enumerable.Range(0, Sessions), AtOnce, async (session, cancellation) =>
    {
        var renewed = await new SessionService.SessionServiceClient(service.Channel).RefreshSessionAsync(
            new RefreshSessionRequest { RefreshToken = this[session].RefreshToken }, Population.From(OwnerOf(session)), cancellationToken: cancellation);
        Keep(session, renewed.Session);
    });

    /// <summary>What makes somebody's device known: each login gives a new one.</summary>
    public string DeviceTokenOf(int person) => _deviceTokens[person];

    /// <summary>From a login or a refresh; only the former gives a device token.</summary>
    public void Keep(int session, Session next)
    {
        _sessions[session % People][session / People] = next;
        if (next.DeviceToken.Length > 0)
            _deviceTokens[OwnerOf(session)] = next.DeviceToken;
    }
}
