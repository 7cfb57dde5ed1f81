using AuthService.Client;
using AuthService.Protocol;
using AuthService.SystemTests.Harness;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.SystemTests.Production;

/// <summary>What an orchestrator relies on when it replaces one process by another.</summary>
public sealed class DrainTests
{
    // One thread, and hashes that take a while: calls stand in line for as long as the test needs, and no longer than a drain waits.
    private static readonly string[] Slow =
        ["Passwords:Hashing:Threads=1", "Passwords:Hashing:Nice=0", "Passwords:Hashing:MemoryKiB=65536", "RateLimits:NetworkLogin:Burst=1000"];

    [Fact]
    public async Task Calls_under_way_are_answered_after_SIGTERM_and_the_process_ends_by_itself()
    {
        using var data = new DataFolder();
        await using var service = await ServiceProcess.StartAsync(data, Slow);
        var calls = Enumerable.Range(0, 12).Select(number => LogInAsync(service, number)).ToList();
        await Task.WhenAny(calls);
        var underWay = calls.Count(call => !call.IsCompleted);

        service.AskToStop();
        var reasons = await Task.WhenAll(calls);

        underWay.ShouldBeGreaterThan(4);
        reasons.ShouldAllBe(reason => reason == ErrorReasons.InvalidCredentials);
        (await service.ExitAsync()).ShouldBe(0, service.Log);
    }

    /// <returns>The reason that it is refused for; empty if nobody answers.</returns>
    private static async Task<string> LogInAsync(ServiceProcess service, int number)
    {
        try
        {
            await service.Logins.LoginAsync(Person.Number(number, "nobody").LoginRequest(), ServiceProcess.From(Surroundings.Network(number)));
            return "signed in";
        }
        catch (RpcException refusal)
        {
            return AuthServiceException.From(refusal).Reason;
        }
    }
}
