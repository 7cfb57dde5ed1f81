using AuthService.LoadTest.Baselines;
using AuthService.LoadTest.Load;
using AuthService.LoadTest.Subject;
using AuthService.V1;

namespace AuthService.LoadTest.Scenarios;

/// <summary>People at home log in with their passwords, with all that comes with it: risk, limits, a durable audit log.</summary>
internal sealed class Login : IScenario
{
    private const int Callers = 16;

    public string Name => "login";

    public string Description => $"Password logins from home, {Callers} at once.";

    public async Task<IReadOnlyList<Finding>> RunAsync(Bench bench)
    {
        var turns = new int[Callers];
        var least = RequestOf(bench.Residents, person: 0);
        await ClosedLoop.WarmUpAsync(Callers, bench.Options.WarmUp, bench.Echo, BareAsync);
        await ClosedLoop.WarmUpAsync(Callers, bench.Options.Time, bench.Subject.Process, ServiceAsync);
        var rounds = new List<(LoadResult Service, LoadResult Bare, double Hashes)>();
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var hashes = HashRate.Measure(bench.Options.Time);
            var bare = await OneAsync(bench.Echo, BareAsync);
            rounds.Add((await OneAsync(bench.Subject.Process, ServiceAsync), bare, hashes));
        }

        var (service, floor, rate) = rounds.OrderBy(one => one.Service.PerSecond / one.Hashes).ElementAt(rounds.Count / 2);
        const string Alone = "Argon2id alone, on all cores";
        return
        [
            new Finding(Name, $"Login on {bench.Options.Store}", service.PerSecond, "logins/s", Alone, rate)
            {
                Goal = Goal.AtLeast(.95), Load = service,
                Note = FormattableString.Invariant(
                    $"server {service.ServerEach / 1000:f2} ms a login, client {service.ClientEach / 1000:f2}, a hash alone {Environment.ProcessorCount * 1000 / rate:f2}"),
            },
            new Finding(Name, LeastLogin.Description, floor.PerSecond, "logins/s", Alone, rate)
            {
                Load = floor,
                Note = FormattableString.Invariant($"server {floor.ServerEach / 1000:f2} ms a login, client {floor.ClientEach / 1000:f2}"),
            },
        ];

        async Task<LoadResult> OneAsync(ServerProcess? server, Func<int, Task<int>> call)
        {
            var load = await ClosedLoop.RunAsync(Callers, bench.Options.WarmUp, bench.Options.Time, server, call);
            return load.Refused.Count == 0 ? load : throw new InvalidOperationException($"{load.Refused.Values.Sum():N0} logins were refused.");
        }

        Task<int> ServiceAsync(int caller) => LogInAsync(bench, PersonOf(caller));

        async Task<int> BareAsync(int caller) => (await bench.Bare.CallAsync(caller, least)).Status;

        int PersonOf(int caller) => (caller + (Callers * turns[caller]++)) % (bench.Residents.People / Callers * Callers);
    }

    /// <summary>Logs somebody in from home; the session takes the place of their first.</summary>
    public static Task<int> LogInAsync(Bench bench, int person) => LogInAsync(bench.Service, bench.Residents, person);

    /// <returns>gRPC's status; FAILED_PRECONDITION if they are asked for more than the password.</returns>
    public static async Task<int> LogInAsync(Connections connections, Residents residents, int person)
    {
        var (status, frame) = await connections.CallAsync(person, RequestOf(residents, person));
        if (status != 0)
            return status;
        if (LoginResponse.Parser.ParseFrom(RawRequest.MessageOf(frame)).Session is not { } session)
            return (int)Grpc.Core.StatusCode.FailedPrecondition;
        residents.Keep(person, session);
        return 0;
    }

    /// <summary>A login from home.</summary>
    public static RawRequest RequestOf(Residents residents, int person) => RawRequest.Of(
        "LoginService/Login", Population.AtHome(person, residents.DeviceTokenOf(person)), ("x-forwarded-for", Population.Network(person)));
}
