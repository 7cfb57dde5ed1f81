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
        await ClosedLoop.WarmUpAsync(Callers, bench.Options.Time, bench.Subject.Process, caller => LogInAsync(bench, PersonOf(caller)));
        var rounds = new List<(LoadResult Load, double Hashes)>();
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var hashes = HashRate.Measure(bench.Options.Time);
            rounds.Add((await ClosedLoop.RunAsync(
                Callers, bench.Options.WarmUp, bench.Options.Time, bench.Subject.Process, caller => LogInAsync(bench, PersonOf(caller))), hashes));
        }

        var (load, rate) = rounds.OrderBy(one => one.Load.PerSecond / one.Hashes).ElementAt(rounds.Count / 2);
        if (load.Refused.Count > 0)
            throw new InvalidOperationException($"{load.Refused.Values.Sum():N0} logins were refused.");
        return [new Finding(Name, $"Login on {bench.Options.Store}", load.PerSecond, "logins/s", "Argon2id alone, on all cores", rate)
        {
            Goal = Goal.AtLeast(.95), Load = load,
            Note = FormattableString.Invariant(
                $"server {load.ServerEach / 1000:f2} ms a login, client {load.ClientEach / 1000:f2}, a hash alone {Environment.ProcessorCount * 1000 / rate:f2}"),
        }];

        int PersonOf(int caller) => (caller + (Callers * turns[caller]++)) % (bench.Residents.People / Callers * Callers);
    }

    /// <summary>Logs somebody in from home; the session takes the place of their first.</summary>
    public static Task<int> LogInAsync(Bench bench, int person) => LogInAsync(bench.Service, bench.Residents, person);

    /// <returns>gRPC's status; FAILED_PRECONDITION if they are asked for more than the password.</returns>
    public static async Task<int> LogInAsync(Connections connections, Residents residents, int person)
    {
        var call = RawRequest.Of(
            "LoginService/Login", Population.AtHome(person, residents.DeviceTokenOf(person)), ("x-forwarded-for", Population.Network(person)));
        var (status, frame) = await connections.CallAsync(person, call);
        if (status != 0)
            return status;
        if (LoginResponse.Parser.ParseFrom(RawRequest.MessageOf(frame)).Session is not { } session)
            return (int)Grpc.Core.StatusCode.FailedPrecondition;
        residents.Keep(person, session);
        return 0;
    }
}
