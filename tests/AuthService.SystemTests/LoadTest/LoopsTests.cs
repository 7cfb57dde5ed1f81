using AuthService.LoadTest.Load;
using AuthService.LoadTest.Scenarios;
using AuthService.Tests.Shared;

namespace AuthService.SystemTests.LoadTest;

/// <summary>What a load test counts.</summary>
public sealed class LoopsTests
{
    private const int Ok = 0;
    private const int Unavailable = 14;

    [Fact]
    public async Task An_open_loop_sends_on_while_nobody_answers_and_times_each_call_from_when_it_should_have_been_sent()
    {
        var (sent, silence) = (0, new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));

        var result = await OpenLoop.RunAsync(_ => 1_000, TimeSpan.FromSeconds(1), server: null, _ =>
        {
            if (Interlocked.Increment(ref sent) == 200)
                silence.SetResult(Ok);
            return silence.Task;
        });

        // Whoever waits for an answer before sending again never comes to 200. The first of them waited longest.
        result.Calls.ShouldBe(sent);
        result.Percentile(100).ShouldBeGreaterThan(result.Percentile(10));
        result.Percentile(100).ShouldBeGreaterThan(150);
    }

    [Fact]
    public async Task An_open_loop_does_not_send_without_end_to_a_server_that_is_gone()
    {
        var (sent, silence) = (0, new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));

        var running = OpenLoop.RunAsync(_ => 100_000, TimeSpan.FromMilliseconds(500), server: null, _ =>
        {
            Interlocked.Increment(ref sent);
            return silence.Task;
        });
        await Eventually.PassAsync(TimeSpan.FromSeconds(1));
        silence.SetResult(Unavailable);
        var result = await running;

        sent.ShouldBe(OpenLoop.Most);
        result.Refused[Unavailable].ShouldBe(sent);
        result.Unsent.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_closed_loop_has_as_many_calls_under_way_as_callers_and_counts_refusals_apart()
    {
        var (underWay, most, calls) = (0, 0, 0);

        var result = await ClosedLoop.RunAsync(4, TimeSpan.Zero, TimeSpan.FromMilliseconds(200), server: null, async _ =>
        {
            var now = Interlocked.Increment(ref underWay);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref underWay);
            return Interlocked.Increment(ref calls) % 10 == 0 ? Unavailable : Ok;
        });

        most.ShouldBeLessThanOrEqualTo(4);
        result.Refused[Unavailable].ShouldBe(calls / 10);
        result.Calls.ShouldBe(calls - (calls / 10));
    }

    [Theory]
    [InlineData(.85, true, .85, true)]
    [InlineData(.84, true, .85, false)]
    [InlineData(3.0, false, 3.0, true)]
    [InlineData(3.1, false, 3.0, false)]
    public void A_goal_is_met_at_its_bound(double ratio, bool isLeast, double bound, bool isMet) =>
        new Finding("x", "x", ratio, "x", "x", 1) { Goal = isLeast ? Goal.AtLeast(bound) : Goal.AtMost(bound) }.IsMet.ShouldBe(isMet);

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            if (Interlocked.CompareExchange(ref most, value, seen) == seen)
                return;
        }
    }
}
