using AuthService.Storage.Redis;
using AuthService.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AuthService.Tests.Stores;

/// <summary>One real Redis for the tests of this process; each test has a prefix of its own.</summary>
internal static class TestRedis
{
    private static int s_prefixes;

    private static readonly Lazy<Task<RedisServer>> Server = new(RedisServer.StartAsync);

    public static string NewPrefix() => $"test-{Interlocked.Increment(ref s_prefixes)}";

    public static async Task<string> ConfigurationAsync() => (await Server.Value).Configuration;

    public static async Task<SharedRedis> ConnectAsync(string prefix)
    {
        var options = new RedisOptions { Configuration = await ConfigurationAsync(), KeyPrefix = prefix, Patience = TimeSpan.FromSeconds(10) };
        var redis = new SharedRedis(Options.Create(options), NullLogger<SharedRedis>.Instance);
        while (await redis.AskAsync("return 1", "ready", [], CancellationToken.None) is null)
            await Task.Yield();
        return redis;
    }

    /// <summary>Until a service has found its Redis: it starts without.</summary>
    public static async Task FoundByAsync(TestService service)
    {
        var redis = service.Services.GetRequiredService<SharedRedis>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tries = 0; tries < 1_500; tries++, await timer.WaitForNextTickAsync())
        {
            if (await redis.AskAsync("return 1", "ready", [], CancellationToken.None) is not null)
                return;
        }

        throw new TimeoutException("The service does not find its Redis.");
    }

    public static async Task<List<string>> KeysAsync(string prefix)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(await ConfigurationAsync());
        return [.. connection.GetServers()[0].Keys(pattern: $"{prefix}:*").Select(key => key.ToString())];
    }

    /// <summary>Writes over a prefix' keys.</summary>
    public static async Task SpoilAsync(string prefix, string junk)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(await ConfigurationAsync());
        var database = connection.GetDatabase();
        foreach (var key in await KeysAsync(prefix))
        {
            await database.KeyDeleteAsync(key);
            if (junk == "a list")
                await database.ListLeftPushAsync(key, junk);
            else
                await database.StringSetAsync(key, junk);
        }
    }
}
