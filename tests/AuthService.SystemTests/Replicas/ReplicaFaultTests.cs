using AuthService.SystemTests.Harness;
using AuthService.Tests.Shared;
using Xunit.Abstractions;

namespace AuthService.SystemTests.Replicas;

/// <summary>Whatever dies under load: nothing that was acknowledged is lost, nobody is logged out, nobody who signed out comes back.</summary>
/// <remarks>One cluster goes through all of it, one fault after the other.</remarks>
public sealed class ReplicaFaultTests(ReplicaFaultTests.OneCluster one, ITestOutputHelper output) : IClassFixture<ReplicaFaultTests.OneCluster>
{
    /// <summary>Answers that may still arrive when nothing moves any more.</summary>
    private const int UnderWay = 24;

    private readonly Cluster _cluster = one.Cluster;

    [Theory]
    [InlineData("a replica is killed and comes back")]
    [InlineData("Redis is killed and comes back empty")]
    [InlineData("PostgreSQL is killed and comes back")]
    [InlineData("PostgreSQL stands still for three seconds")]
    [InlineData("the replicas are replaced one after the other")]
    [InlineData("the way to PostgreSQL takes 10 to 50 ms for five seconds")]
    [InlineData("nothing passes to PostgreSQL for three seconds")]
    [InlineData("PostgreSQL's answers are lost for a second, and its connections with them")]
    [InlineData("nothing passes to Redis for three seconds")]
    [InlineData("Redis stands still for three seconds")]
    [InlineData("Redis is full of junk")]
    [InlineData("each flush of PostgreSQL's takes 100 ms longer for five seconds")]
    public async Task Nothing_that_was_acknowledged_is_lost_when(string fault)
    {
        var lives = await Lives.StartAsync(_cluster, one.NextStory());
        await lives.GoThroughAsync(() => InflictAsync(fault, lives));
        output.WriteLine($"{fault}: {lives.Seen}");
    }

    private async Task InflictAsync(string fault, Lives lives)
    {
        switch (fault)
        {
            case "a replica is killed and comes back":
                await _cluster.KillReplicaAsync(1);
                await _cluster.StartReplicaAsync(1);
                break;
            case "Redis is killed and comes back empty":
                await _cluster.Redis.StopAsync();
                await Eventually.PassAsync(TimeSpan.FromSeconds(2));
                await _cluster.Redis.RestartAsync();
                break;
            case "PostgreSQL is killed and comes back":
                await _cluster.Postgres.CrashAsync();
                await Eventually.PassAsync(TimeSpan.FromSeconds(1));
                await _cluster.Postgres.StartAgainAsync();
                break;
            case "PostgreSQL stands still for three seconds":
                await _cluster.Postgres.SignalAsync("STOP");
                var answers = await CountAnswersAsync(lives);
                await _cluster.Postgres.SignalAsync("CONT");
                answers.ShouldBeLessThanOrEqualTo(UnderWay, "nobody felt it");
                break;
            case "the way to PostgreSQL takes 10 to 50 ms for five seconds":
                var delayed = _cluster.PostgresLink.Delayed;
                _cluster.PostgresLink.Delay(10, 50);
                await Eventually.PassAsync(TimeSpan.FromSeconds(5));
                _cluster.PostgresLink.Heal();
                _cluster.PostgresLink.Delayed.ShouldBeGreaterThan(delayed + 100);
                break;
            case "nothing passes to PostgreSQL for three seconds":
                (await HoldAsync(_cluster.PostgresLink, lives)).ShouldBeLessThanOrEqualTo(UnderWay, "nobody felt it");
                break;
            case "PostgreSQL's answers are lost for a second, and its connections with them":
                var held = _cluster.PostgresLink.Held;
                _cluster.PostgresLink.CutAnswers();
                await Eventually.PassAsync(TimeSpan.FromSeconds(1));
                _cluster.PostgresLink.Reset();
                _cluster.PostgresLink.Heal();
                _cluster.PostgresLink.Held.ShouldBeGreaterThan(held);
                break;
            case "nothing passes to Redis for three seconds":
                await HoldAsync(_cluster.RedisLink, lives);
                break;
            case "Redis stands still for three seconds":
                await _cluster.Redis.SignalAsync("STOP");
                await Eventually.PassAsync(TimeSpan.FromSeconds(3));
                await _cluster.Redis.SignalAsync("CONT");
                break;
            case "Redis is full of junk":
                var spoilt = 0;
                for (var time = 0; time < 10; time++)
                {
                    spoilt += await _cluster.Redis.SpoilAsync();
                    await Eventually.PassAsync(TimeSpan.FromMilliseconds(200));
                }

                spoilt.ShouldBeGreaterThan(10);
                break;
            case "each flush of PostgreSQL's takes 100 ms longer for five seconds":
                await using (var slow = SlowDisk.Of(TimeSpan.FromMilliseconds(100), _cluster.Postgres.ProcessIds()))
                {
                    await Eventually.PassAsync(TimeSpan.FromSeconds(5));
                    slow.Flushes.ShouldBeGreaterThan(10);
                }

                break;
            default:
                for (var number = 0; number < 3; number++)
                {
                    (await _cluster.StopReplicaAsync(number)).ShouldBe(0);
                    await _cluster.StartReplicaAsync(number);
                }

                break;
        }
    }

    /// <summary>In three seconds of it, counted from when it is in force: while it comes about, others are answered.</summary>
    private static async Task<int> CountAnswersAsync(Lives lives)
    {
        var before = lives.Answers;
        await Eventually.PassAsync(TimeSpan.FromSeconds(3));
        return lives.Answers - before;
    }

    private static async Task<int> HoldAsync(FaultyLink link, Lives lives)
    {
        var held = link.Held;
        link.BlackHole();
        var answers = await CountAnswersAsync(lives);
        link.Heal();
        link.Held.ShouldBeGreaterThan(held, "nothing was on its way");
        return answers;
    }

    /// <summary>Lasts as long as the class.</summary>
    public sealed class OneCluster : IAsyncLifetime
    {
        private int _stories;

        public Cluster Cluster { get; private set; } = null!;

        /// <summary>Each fault meets people of its own.</summary>
        public string NextStory() => $"household-{++_stories}";

        public async Task InitializeAsync() => Cluster = await Cluster.StartAsync();

        public async Task DisposeAsync() => await Cluster.DisposeAsync();
    }
}
