using System.Collections.Concurrent;
using System.Globalization;

namespace AuthService.Tests.Security.Passwords;

public sealed class HashingGateTests
{
    [Fact]
    public async Task Work_runs_on_a_hashing_thread_and_its_result_comes_back()
    {
        await using var sut = new TestGate();

        var answer = await sut.Gate.RunAsync(() => Thread.CurrentThread.Name, default);

        answer.Overloaded.ShouldBeFalse();
        answer.Value.ShouldBe("hashing 1");
    }

    [Fact]
    public async Task What_comes_after_an_answer_does_not_run_on_a_hashing_thread()
    {
        await using var sut = new TestGate();

        // In a task of its own: the test framework's context would move it away in any case.
        var afterwards = await Task.Run(async () =>
        {
            await sut.Gate.RunAsync(() => 1, default);
            return Thread.CurrentThread.Name;
        });

        afterwards.ShouldNotBe("hashing 1");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(15)]
    public async Task Hashing_threads_have_the_nice_value_of_the_options(int nice)
    {
        await using var sut = new TestGate(threads: 2, nice: nice);

        foreach (var thread in sut.Gate.Threads)
            NiceValueOf(await thread.ThreadId).ShouldBe(nice);
    }

    [Fact]
    public async Task The_threads_that_answer_calls_keep_their_priority()
    {
        var own = NiceValueOf(Environment.ProcessId);
        await using var sut = new TestGate(nice: 15);
        await sut.Gate.Threads[0].ThreadId;

        NiceValueOf(Environment.ProcessId).ShouldBe(own);
    }

    [Fact]
    public async Task A_full_line_sheds_and_says_when_to_come_back()
    {
        await using var sut = new TestGate(queueLength: 2);
        using var busy = await sut.OccupyAsync();
        var waiting = new[] { sut.Gate.RunAsync(() => 1, default), sut.Gate.RunAsync(() => 1, default) };

        var shed = await sut.Gate.RunAsync(() => 1, default);

        shed.RetryAfter.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5));
        waiting.ShouldAllBe(job => !job.IsCompleted);
    }

    [Fact]
    public async Task The_estimate_grows_with_the_line()
    {
        await using var shortLine = new TestGate(queueLength: 10);
        await using var longLine = new TestGate(queueLength: 100);
        using var busyShort = await shortLine.OccupyAsync();
        using var busyLong = await longLine.OccupyAsync();

        var soon = await FillAsync(shortLine, 10);
        var late = await FillAsync(longLine, 100);

        late.ShouldBeGreaterThan(soon);
    }

    [Fact]
    public async Task Work_that_is_cancelled_while_it_waits_never_runs_and_leaves_its_place()
    {
        await using var sut = new TestGate(queueLength: 1);
        var busy = await sut.OccupyAsync();
        using var cancelled = new CancellationTokenSource();
        var ran = false;
        var waiting = sut.Gate.RunAsync(() => ran = true, cancelled.Token);

        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        var next = sut.Gate.RunAsync(() => 1, default);
        busy.Dispose();
        (await next).Overloaded.ShouldBeFalse();
        ran.ShouldBeFalse();
    }

    [Fact]
    public async Task Work_that_is_cancelled_before_it_came_is_not_taken_in()
    {
        await using var sut = new TestGate();

        await Should.ThrowAsync<OperationCanceledException>(() => sut.Gate.RunAsync(() => 1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Work_that_fails_tells_its_caller_and_the_thread_goes_on()
    {
        await using var sut = new TestGate();

        await Should.ThrowAsync<InvalidTimeZoneException>(() => sut.Gate.RunAsync<int>(() => throw new InvalidTimeZoneException(), default));

        (await sut.Gate.RunAsync(() => 1, default)).Value.ShouldBe(1);
    }

    [Fact]
    public async Task A_gate_that_stops_serves_who_waits_and_lets_nobody_else_in()
    {
        await using var sut = new TestGate();
        var busy = await sut.OccupyAsync();
        var waiting = sut.Gate.RunAsync(() => 7, default);

        var stopping = sut.Gate.StopAsync(default);
        var late = await sut.Gate.RunAsync(() => 1, default);
        busy.Dispose();
        await stopping;

        late.Overloaded.ShouldBeTrue();
        (await waiting).Value.ShouldBe(7);
    }

    [Fact]
    public async Task A_gate_that_must_stop_now_sends_away_who_waits()
    {
        await using var sut = new TestGate();
        var busy = await sut.OccupyAsync();
        var waiting = sut.Gate.RunAsync(() => 7, default);

        var stopping = sut.Gate.StopAsync(new CancellationToken(canceled: true));
        busy.Dispose();
        await stopping;

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Under_a_storm_each_job_is_answered_once_and_runs_at_most_once()
    {
        await using var sut = new TestGate(threads: 2, queueLength: 50);
        var runs = new ConcurrentDictionary<int, int>();
        var jobs = Enumerable.Range(0, 2_000).Select(number => Task.Run(async () =>
        {
            using var deadline = new CancellationTokenSource();
            var job = sut.Gate.RunAsync(() => runs.AddOrUpdate(number, 1, (_, count) => count + 1), deadline.Token);
            if (number % 3 == 0)
                await deadline.CancelAsync();

            try
            {
                return (await job).Overloaded ? "shed" : "done";
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        })).ToList();

        var outcomes = await Task.WhenAll(jobs);

        runs.Values.ShouldAllBe(count => count == 1);
        outcomes.Count(outcome => outcome == "done").ShouldBe(runs.Count);
    }

    [Fact]
    public async Task The_meter_counts_what_was_done_shed_and_withdrawn()
    {
        await using var sut = new TestGate(queueLength: 1);
        using var readings = new MeterReadings(sut.Meters);
        using var cancelled = new CancellationTokenSource();

        var busy = await sut.OccupyAsync();
        var waiting = sut.Gate.RunAsync(() => 1, cancelled.Token);
        await sut.Gate.RunAsync(() => 1, default);
        readings.Observe();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        busy.Dispose();
        await busy.Done;
        await sut.Gate.StopAsync(default);

        readings.Of("authservice.hashing.queue").ShouldBe([1]);
        readings.Of("authservice.hashing.duration").Count.ShouldBe(1);
        readings.Of("authservice.hashing.shed").ShouldBe([1]);
        readings.Of("authservice.hashing.withdrawn").ShouldBe([1]);
    }

    private static async Task<TimeSpan> FillAsync(TestGate gate, int places)
    {
        for (var place = 0; place < places; place++)
            _ = gate.Gate.RunAsync(() => 1, default);

        return (await gate.Gate.RunAsync(() => 1, default)).RetryAfter.ShouldNotBeNull();
    }

    /// <summary>The 19th field of /proc/self/task/[tid]/stat, proc(5); the name before it may hold spaces and is in brackets.</summary>
    private static int NiceValueOf(int threadId)
    {
        var afterName = File.ReadAllText($"/proc/self/task/{threadId}/stat").Split(')')[^1].TrimStart();
        return int.Parse(afterName.Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
