using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AuthService.LoadTest.Load;
using AuthService.LoadTest.Subject;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.LoadTest.Scenarios;

/// <summary>Somebody tries a stolen list, all day, from many addresses; people at home log in beside it. All limits as they are by default.</summary>
internal sealed class Stuffing : IScenario
{
    private const int Honest = 60;
    private const double LoginsPerSecond = 4;
    private const int Attackers = 32;
    private const int AttackersNetworks = 50;

    public string Name => "stuffing";

    public string Description => "A stolen list is tried from fifty networks while people log in at home.";

    public async Task<IReadOnlyList<Finding>> RunAsync(Bench bench)
    {
        var data = Directory.CreateTempSubdirectory("authservice-stuffing-").FullName;
        try
        {
            await using var service = await ServedSubject.StartAsync(data, new Dictionary<string, string?>(StringComparer.Ordinal));
            var people = await Residents.MoveInAsync(service, Honest, each: 2, () => { });
            return await RunAsync(bench, service, people);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [SuppressMessage("Reliability", "CA2025", Justification = "The attack is waited for.")]
    private async Task<IReadOnlyList<Finding>> RunAsync(Bench bench, ServedSubject service, Residents people)
    {
        using var connections = new Connections(service.Address, 8);
        var time = bench.Options.Time * 3;
        var quiet = await HonestAsync(connections, service, people, time);

        using var end = new CancellationTokenSource();
        var answers = new ConcurrentDictionary<StatusCode, long>();
        var attack = Task.WhenAll(Enumerable.Range(0, Attackers).Select(attacker => Task.Run(() => AttackAsync(connections, attacker, answers, end.Token))));
        await Task.Delay(bench.Options.WarmUp);
        var beside = await HonestAsync(connections, service, people, time);
        await end.CancelAsync();
        await attack;

        var attacks = string.Join(", ", answers.OrderByDescending(one => one.Value).Select(one => FormattableString.Invariant($"{one.Key} {one.Value:N0}")));
        return
        [
            new Finding(Name, "median of an honest login", beside.Percentile(50), "ms", "without the attack", quiet.Percentile(50)) { Load = beside, Note = $"the attack was told: {attacks}" },
            new Finding(Name, "honest logins that got in", Share(beside), "%", "without the attack", Share(quiet)) { Goal = Goal.AtLeast(.99), Load = beside },
        ];
    }

    private static double Share(LoadResult load) => 100.0 * load.Calls / Math.Max(1, load.Calls + load.Refused.Values.Sum() + load.Unsent);

    private static Task<LoadResult> HonestAsync(Connections connections, ServedSubject service, Residents people, TimeSpan time) => OpenLoop.RunAsync(
        _ => LoginsPerSecond, time, service.Process, number => Login.LogInAsync(connections, people, (int)(number % Honest)));

    /// <summary>Half of the list are people who have accounts here; the passwords are from elsewhere.</summary>
    private static async Task AttackAsync(Connections connections, int attacker, ConcurrentDictionary<StatusCode, long> answers, CancellationToken end)
    {
        for (var line = 0; !end.IsCancellationRequested; line++)
        {
            var victim = (attacker * 7919) + line;
            var call = RawRequest.Of(
                "LoginService/Login",
                new LoginRequest
                {
                    RequestId = Population.RequestId(), Identifier = line % 2 == 0 ? Population.Known(victim % Honest) : Population.Unknown(victim),
                    Password = $"leaked elsewhere {victim}", Environment = Population.Surroundings(1_000_000 + attacker),
                },
                ("x-forwarded-for", $"100.64.{victim % AttackersNetworks}.7"));
            var (status, _) = await connections.CallAsync(attacker, call);
            answers.AddOrUpdate((StatusCode)status, 1, (_, before) => before + 1);
        }
    }
}
