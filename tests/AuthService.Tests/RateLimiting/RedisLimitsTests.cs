using AuthService.RateLimiting;
using AuthService.RateLimiting.Redis;
using AuthService.Storage.Redis;
using AuthService.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AuthService.Tests.RateLimiting;

public sealed class RedisLimitsTests : LimitTablesContract, IAsyncLifetime
{
    private readonly string _prefix = TestRedis.NewPrefix();
    private SharedRedis _redis = null!;

    private protected override ILimitTables Sut => Replica(_redis);

    public async Task InitializeAsync() => _redis = await TestRedis.ConnectAsync(_prefix);

    public async Task DisposeAsync() => await _redis.DisposeAsync();

    [Fact]
    public async Task Replicas_count_together()
    {
        await using var other = await TestRedis.ConnectAsync(_prefix);
        await Replica(_redis).TakeAsync(LimitName.Messages, "ada", CancellationToken.None);

        (await Replica(other).TakeAsync(LimitName.Messages, "ada", CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_over_is_forgotten_by_itself()
    {
        var fast = Options.Create(new RateLimitOptions { Messages = new Rate { PerMinute = 6_000_000, Burst = 1 } });
        var sut = new RedisLimits(_redis, new LocalLimits(fast, TimeProvider.System), fast);

        // Ten microseconds each: Redis' own clock has moved on by the time it is asked again.
        for (var call = 0; call < 20; call++)
            (await sut.TakeAsync(LimitName.Messages, "ada", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Without_Redis_each_replica_counts_for_itself()
    {
        await using var nobody = new SharedRedis(
            Options.Create(new RedisOptions { Configuration = "127.0.0.1:1,connectTimeout=50" }), NullLogger<SharedRedis>.Instance);
        var local = new LocalLimits(Rates, TimeProvider.System);
        var sut = new RedisLimits(nobody, local, Rates);

        var first = await sut.TakeAsync(LimitName.Messages, "ada", CancellationToken.None);
        var second = await sut.TakeAsync(LimitName.Messages, "ada", CancellationToken.None);

        first.ShouldBeNull();
        second.ShouldNotBeNull();
    }

    [Fact]
    public async Task Redis_holds_no_address_or_id()
    {
        await Sut.TakeAsync(LimitName.Identifier, "192.0.2.77", CancellationToken.None);

        (await TestRedis.KeysAsync(_prefix)).ShouldHaveSingleItem().ShouldNotContain("192.0.2.77");
    }

    [Theory]
    [InlineData("a list")]
    [InlineData("junk")]
    [InlineData("nan")]
    [InlineData("1e300")]
    public async Task A_key_that_holds_something_else_is_written_over(string junk)
    {
        await Sut.TakeAsync(LimitName.Messages, "ada", default);
        await TestRedis.SpoilAsync(_prefix, junk);
        // Counted in Redis: a replica of its own would not know of what this one took.
        await using var other = await TestRedis.ConnectAsync(_prefix);

        (await Replica(_redis).TakeAsync(LimitName.Messages, "ada", default)).ShouldBeNull();
        (await Replica(other).TakeAsync(LimitName.Messages, "ada", default)).ShouldNotBeNull();
    }

    private static RedisLimits Replica(SharedRedis redis) => new(redis, new LocalLimits(Rates, TimeProvider.System), Rates);
}
