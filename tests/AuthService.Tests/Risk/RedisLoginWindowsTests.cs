using AuthService.Ecv.Risk;
using AuthService.Risk;
using AuthService.Risk.Redis;
using AuthService.Storage.Redis;
using AuthService.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AuthService.Tests.Risk;

public sealed class RedisLoginWindowsTests : LoginWindowsContract, IAsyncLifetime
{
    private static readonly DoubtKey Somebody = new(1, 2);
    private readonly string _prefix = TestRedis.NewPrefix();
    private SharedRedis _redis = null!;

    private protected override ILoginWindows Sut => Replica(_redis);

    public async Task InitializeAsync() => _redis = await TestRedis.ConnectAsync(_prefix);

    public async Task DisposeAsync() => await _redis.DisposeAsync();

    [Fact]
    public async Task Replicas_remember_together()
    {
        await using var other = await TestRedis.ConnectAsync(_prefix);
        await Replica(_redis).FailedAsync(new FailureKeys(1, 2, 3));
        await Replica(_redis).DoubtedAsync(Somebody, Doubting(4_000), refreshRefused: 9);

        var facts = await Replica(other).DescribeAsync(new CallFacts(), new FailureKeys(1, 2, 3), CancellationToken.None);

        (facts.NetworkFailures, facts.AccountFailures, facts.DeviceFailures).ShouldBe((1, 1, 1));
        (await Replica(other).RecallAsync(Somebody, CancellationToken.None)).ShouldHaveSingleItem();
        (await Replica(other).IsRefreshRefusedAsync(Somebody, 9, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_Redis_each_replica_remembers_for_itself()
    {
        await using var nobody = new SharedRedis(
            Options.Create(new RedisOptions { Configuration = "127.0.0.1:1,connectTimeout=50" }), NullLogger<SharedRedis>.Instance);
        var sut = Replica(nobody);

        await sut.FailedAsync(new FailureKeys(1, 2, 3));
        await sut.DoubtedAsync(Somebody, Doubting(4_000), refreshRefused: 9);
        var facts = await sut.DescribeAsync(new CallFacts(), new FailureKeys(1, 2, 3), CancellationToken.None);

        (facts.NetworkFailures, facts.AccountFailures, facts.DeviceFailures).ShouldBe((1, 1, 1));
        (await sut.RecallAsync(Somebody, CancellationToken.None)).ShouldHaveSingleItem();
        (await sut.IsRefreshRefusedAsync(Somebody, 9, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Every_key_has_a_bounded_size_and_goes_by_itself()
    {
        for (var number = 0UL; number < 1_500; number++)
            await Sut.DoubtedAsync(new DoubtKey(1, number), Doubting(4_000), refreshRefused: null);
        for (var number = 0UL; number < 200; number++)
            await Sut.FailedAsync(new FailureKeys(1, number, null));

        await using var connection = await OpenAsync();
        foreach (var key in await TestRedis.KeysAsync(_prefix))
        {
            var (fields, lives) = (await connection.GetDatabase().HashLengthAsync(key), await connection.GetDatabase().KeyTimeToLiveAsync(key));
            fields.ShouldBeLessThanOrEqualTo(key.Contains("doubts", StringComparison.Ordinal) ? 1_024 : 48, key);
            lives.ShouldNotBeNull(key).ShouldBeLessThan(TimeSpan.FromHours(100), key);
        }

        (await Sut.RecallAsync(new DoubtKey(1, 1_499), CancellationToken.None)).ShouldHaveSingleItem("the newest stay");
        (await Sut.RecallAsync(new DoubtKey(1, 0), CancellationToken.None)).ShouldBeEmpty("the oldest go");
    }

    [Theory]
    [InlineData("a string where a hash should be")]
    [InlineData("fields that nobody wrote")]
    public async Task What_is_broken_in_Redis_is_as_if_nothing_were_there(string how)
    {
        await Sut.FailedAsync(new FailureKeys(1, 2, 3));
        await Sut.DoubtedAsync(Somebody, Doubting(4_000), refreshRefused: 9);
        await using (var connection = await OpenAsync())
        {
            foreach (var key in await TestRedis.KeysAsync(_prefix))
                await BreakAsync(connection.GetDatabase(), key, isString: how.StartsWith("a string", StringComparison.Ordinal));
        }

        var facts = await Sut.DescribeAsync(new CallFacts(), new FailureKeys(1, 2, 3), CancellationToken.None);
        var doubts = await Sut.RecallAsync(Somebody, CancellationToken.None);
        await Sut.ClearAsync(Somebody);
        await Sut.FailedAsync(new FailureKeys(4, 5, null));
        await Sut.DoubtedAsync(Somebody, Doubting(5_000), refreshRefused: null);

        (facts.NetworkFailures, facts.AccountFailures, facts.DeviceFailures).ShouldBe((0, 0, 0));
        doubts.ShouldBeEmpty();
        (await Sut.RecallAsync(Somebody, CancellationToken.None)).ShouldHaveSingleItem().Millibits.ShouldBe(5_000);
    }

    private static async Task BreakAsync(IDatabase redis, string key, bool isString)
    {
        await redis.KeyDeleteAsync(key);
        if (isString)
            await redis.StringSetAsync(key, "?");
        else
            await redis.HashSetAsync(key, [new("at", "nan"), new("b0", "inf"), new("b99", "7"), new("norm", "x"), new("", ""), new("0000000000000002:5", "99999999999:99999999999999"), new("0000000000000002:250", "5:99999999999999")]);
    }

    /// <summary>Redis' clock is nobody's to move: what it holds is made older instead.</summary>
    private protected override async Task PassAsync(int hours)
    {
        await using var connection = await OpenAsync();
        var redis = connection.GetDatabase();
        foreach (var key in await TestRedis.KeysAsync(_prefix))
        {
            var left = (await redis.KeyTimeToLiveAsync(key))!.Value - TimeSpan.FromHours(hours);
            if (left <= TimeSpan.Zero)
            {
                await redis.KeyDeleteAsync(key);
                continue;
            }

            await redis.KeyExpireAsync(key, left);
            foreach (var field in await redis.HashGetAllAsync(key))
                await redis.HashSetAsync(key, field.Name, Older(field.Name.ToString(), field.Value.ToString(), hours));
        }
    }

    private static string Older(string field, string value, int hours) => field switch
    {
        "at" => $"{long.Parse(value, null) - (12 * hours)}",
        "hour" => $"{long.Parse(value, null) - hours}",
        _ when field.StartsWith('i') => $"{long.Parse(value, null) - (3600L * hours)}",
        _ when value.Split(':') is [var millibits, var ends] => $"{millibits}:{long.Parse(ends, null) - (3_600_000L * hours)}",
        _ => value,
    };

    private static async Task<ConnectionMultiplexer> OpenAsync() => await ConnectionMultiplexer.ConnectAsync(await TestRedis.ConfigurationAsync());

    private static RedisLoginWindows Replica(SharedRedis redis) => new(redis, LocalLoginWindowsTests.CreateSut(TimeProvider.System));
}
