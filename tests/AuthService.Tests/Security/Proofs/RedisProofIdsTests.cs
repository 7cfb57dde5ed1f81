using AuthService.Security.Proofs;
using AuthService.Security.Proofs.Redis;
using AuthService.Storage.Redis;
using AuthService.Tests.Stores;

namespace AuthService.Tests.Security.Proofs;

public sealed class RedisProofIdsTests : IAsyncLifetime
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(65);

    private readonly string _prefix = TestRedis.NewPrefix();
    private SharedRedis _redis = null!;

    public async Task InitializeAsync() => _redis = await TestRedis.ConnectAsync(_prefix);

    public async Task DisposeAsync() => await _redis.DisposeAsync();

    [Fact]
    public async Task What_one_replica_took_no_other_takes()
    {
        await using var other = await TestRedis.ConnectAsync(_prefix);

        (await Replica(_redis).TryUseAsync("a", Remembered, CancellationToken.None)).ShouldBeTrue();
        (await Replica(other).TryUseAsync("a", Remembered, CancellationToken.None)).ShouldBeFalse();
        (await Replica(other).TryUseAsync("b", Remembered, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_at_once_one_wins()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await new RedisProofIds(_redis, new LocalProofIds(TimeProvider.System)).TryUseAsync("a", Remembered, CancellationToken.None))));

        won.Count(first => first).ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_Redis_does_not_make_an_id_good_again_at_the_replica_that_took_it()
    {
        var replica = Replica(_redis);
        await replica.TryUseAsync("a", Remembered, CancellationToken.None);
        await using var emptied = await TestRedis.ConnectAsync($"{_prefix}-as-if-emptied");

        (await new RedisProofIds(emptied, Local).TryUseAsync("a", Remembered, CancellationToken.None)).ShouldBeFalse();
    }

    private LocalProofIds Local { get; } = new(TimeProvider.System);

    private RedisProofIds Replica(SharedRedis redis) => new(redis, redis == _redis ? Local : new LocalProofIds(TimeProvider.System));
}
