using AuthService.LoadTest.Load;
using AuthService.LoadTest.Subject;
using AuthService.V1;

namespace AuthService.LoadTest.Scenarios;

/// <summary>Sessions are refreshed: rotated, durable, one commit's worth each.</summary>
internal sealed class Refresh : IScenario
{
    private const int Callers = 32;

    public string Name => "refresh";

    public string Description => $"Refresh, durable and rotating, {Callers} at once.";

    public async Task<IReadOnlyList<Finding>> RunAsync(Bench bench)
    {
        var turns = new int[Callers];
        var echoed = Request(bench, 0);
        var (service, bare) = await Pair.RunAsync(
            bench, Callers, caller => RefreshAsync(bench, SessionOf(caller)), async caller => (await bench.Bare.CallAsync(caller, echoed)).Status);
        return [new Finding(Name, $"RefreshSession on {bench.Options.Store}", service.PerSecond, "calls/s", $"echo of the same bytes, {Callers} at once", bare.PerSecond)
        {
            Goal = bench.Options.Store == "sqlite" ? Goal.AtLeast(.05) : Goal.AtLeast(2_000, "calls/s"), Load = service, Note = Costs.Of(service, bare),
        }];

        // Each caller has sessions of its own, and takes the next one every time.
        int SessionOf(int caller) => (caller + (Callers * turns[caller]++)) % (bench.Residents.Sessions / Callers * Callers);
    }

    /// <summary>Refreshes one session, and keeps what comes.</summary>
    public static async Task<int> RefreshAsync(Bench bench, int session)
    {
        var (status, frame) = await bench.Service.CallAsync(session, Request(bench, session));
        if (status == 0)
            bench.Residents.Keep(session, RefreshSessionResponse.Parser.ParseFrom(RawRequest.MessageOf(frame)).Session);
        return status;
    }

    private static RawRequest Request(Bench bench, int session) => RawRequest.Of(
        "SessionService/RefreshSession",
        new RefreshSessionRequest { RefreshToken = bench.Residents[session].RefreshToken },
        ("x-forwarded-for", Population.Network(bench.Residents.OwnerOf(session))));
}
