using AuthService.RateLimiting;
using Microsoft.Extensions.Options;

namespace AuthService.Tests.RateLimiting;

/// <summary>What counting calls must do, wherever they are counted.</summary>
public abstract class LimitTablesContract
{
    /// <summary>Three at once, then one in ten minutes: no test takes so long.</summary>
    protected static IOptions<RateLimitOptions> Rates { get; } = Options.Create(new RateLimitOptions
    {
        Identifier = new Rate { PerMinute = 0.1, Burst = 3 },
        Messages = new Rate { PerMinute = 0.1, Burst = 1 },
    });

    private protected abstract ILimitTables Sut { get; }

    [Fact]
    public async Task A_burst_passes_and_the_next_call_is_told_when_to_come_back()
    {
        for (var call = 0; call < 3; call++)
            (await Sut.TakeAsync(LimitName.Identifier, "ada", CancellationToken.None)).ShouldBeNull();

        var wait = (await Sut.TakeAsync(LimitName.Identifier, "ada", CancellationToken.None)).ShouldNotBeNull();

        wait.ShouldBeGreaterThan(TimeSpan.FromMinutes(9));
        wait.ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_refused_call_takes_nothing()
    {
        await Sut.TakeAsync(LimitName.Messages, "ada", CancellationToken.None);
        for (var call = 0; call < 50; call++)
            (await Sut.TakeAsync(LimitName.Messages, "ada", CancellationToken.None)).ShouldNotBeNull().ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Keys_and_limits_have_nothing_to_do_with_each_other()
    {
        await Sut.TakeAsync(LimitName.Messages, "ada", CancellationToken.None);

        (await Sut.TakeAsync(LimitName.Messages, "ada", CancellationToken.None)).ShouldNotBeNull();
        (await Sut.TakeAsync(LimitName.Messages, "bob", CancellationToken.None)).ShouldBeNull();
        (await Sut.TakeAsync(LimitName.Identifier, "ada", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Calls_at_once_are_not_let_through_twice()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(async () => await Sut.TakeAsync(LimitName.Identifier, "ada", CancellationToken.None))));

        answers.Count(wait => wait is null).ShouldBe(3);
    }
}
