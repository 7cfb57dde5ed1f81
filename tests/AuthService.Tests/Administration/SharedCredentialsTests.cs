using System.Data.Common;
using AuthService.Administration;
using AuthService.Protocol;
using AuthService.Security.Keys;
using AuthService.Tests.Shared;
using AuthService.Tests.Stores;
using AuthService.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace AuthService.Tests.Administration;

/// <summary>Two replicas with one database and one Redis: what one read of a credential, the other need not read.</summary>
public sealed class SharedCredentialsTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("authservice-test-").FullName;
    private readonly StoreGate _store = new("ServiceCredentials");
    private readonly Reads _reads = new();
    private RedisServer _redis = null!;
    private TestService _one = null!;
    private TestService _other = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _one = await StartAsync(new Reads());
        _other = await StartAsync(_reads, _store);
        await TestRedis.FoundByAsync(_one);
        await TestRedis.FoundByAsync(_other);
        _reads.StartOver();
    }

    public async Task DisposeAsync()
    {
        _store.Open();
        await _other.DisposeAsync();
        await _one.DisposeAsync();
        await _redis.DisposeAsync();
        await TestStore.ForgetAsync(_data);
        Directory.Delete(_data, recursive: true);
        _store.Dispose();
    }

    [Fact]
    public async Task What_one_replica_read_the_other_does_not_ask_the_database_for()
    {
        var created = await CreateAsync();
        (await IsGoodAsync(_one, created.Token)).ShouldBeTrue();
        await using (var connection = await ConnectionMultiplexer.ConnectAsync(_redis.Configuration))
            await KeyAsync(connection);

        (await IsGoodAsync(_other, created.Token)).ShouldBeTrue();

        _reads.OfCredentials.ShouldBe(0);
    }

    [Fact]
    public async Task However_many_calls_need_it_at_once_the_database_is_asked_once()
    {
        var created = await CreateAsync();
        _store.Close();

        var calls = Enumerable.Range(0, 50).Select(_ => IsGoodAsync(_other, created.Token)).ToList();
        await _store.ArrivedAsync();
        _store.Open();

        (await Task.WhenAll(calls)).ShouldAllBe(isGood => isGood);
        _reads.OfCredentials.ShouldBe(1);
    }

    [Fact]
    public async Task Who_comes_just_after_the_others_asks_nobody_though_Redis_has_nothing_yet()
    {
        var created = await CreateAsync();
        SecretTokens.TryHash(ServiceCredentials.Prefix, created.Token, out var hash).ShouldBeTrue();
        var reader = _other.Services.GetRequiredService<CredentialReader>();
        await reader.ReadAsync(hash!, default);
        await _redis.EmptyAsync();

        var again = await reader.ReadAsync(hash!, default);

        again.Id.ShouldBe(created.Credential.CredentialId);
        _reads.OfCredentials.ShouldBe(1);
    }

    [Fact]
    public async Task Revoked_it_ends_at_once_there_and_within_ten_seconds_elsewhere()
    {
        var created = await CreateAsync();
        await IsGoodAsync(_one, created.Token);
        await IsGoodAsync(_other, created.Token);

        await _one.Admin.RevokeServiceCredentialAsync(
            new RevokeServiceCredentialRequest { CredentialId = created.Credential.CredentialId }, _one.AsAdmin);
        var there = await IsGoodAsync(_one, created.Token);
        _other.Clock.Advance(TimeSpan.FromSeconds(10));

        there.ShouldBeFalse();
        (await IsGoodAsync(_other, created.Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_entry_that_a_slow_replica_writes_after_the_revocation_brings_nothing_back()
    {
        var created = await CreateAsync();
        await IsGoodAsync(_one, created.Token);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(_redis.Configuration);
        var key = await KeyAsync(redis);
        var late = await redis.GetDatabase().HashGetAllAsync(key);

        await _one.Admin.RevokeServiceCredentialAsync(
            new RevokeServiceCredentialRequest { CredentialId = created.Credential.CredentialId }, _one.AsAdmin);
        (await redis.GetDatabase().KeyExistsAsync(key)).ShouldBeFalse();
        await redis.GetDatabase().HashSetAsync(key, late);
        var there = await IsGoodAsync(_one, created.Token);
        _other.Clock.Advance(TimeSpan.FromSeconds(10));

        there.ShouldBeFalse();
        (await IsGoodAsync(_other, created.Token)).ShouldBeFalse("nobody believes it for longer than ten seconds");
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("changed")]
    [InlineData("empty")]
    [InlineData("of another type")]
    public async Task A_broken_entry_is_as_if_it_were_not_there(string how)
    {
        var created = await CreateAsync();
        await IsGoodAsync(_one, created.Token);
        await using (var connection = await ConnectionMultiplexer.ConnectAsync(_redis.Configuration))
        {
            var (redis, key) = (connection.GetDatabase(), await KeyAsync(connection));
            var bytes = (byte[])(await redis.HashGetAsync(key, "data"))!;
            bytes.Length.ShouldBeGreaterThan(100);
            if (how == "of another type")
            {
                await redis.KeyDeleteAsync(key);
                await redis.StringSetAsync(key, bytes);
            }
            else
            {
                if (how == "changed")
                    bytes[^10] ^= 1;
                await redis.HashSetAsync(key, "data", how switch { "cut" => bytes[..50], "empty" => [], _ => bytes });
            }
        }

        (await IsGoodAsync(_other, created.Token)).ShouldBeTrue();
        _reads.OfCredentials.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_writes_to_Redis_makes_no_credential_of_another_one()
    {
        var (good, revoked) = (await CreateAsync(), await CreateAsync());
        await using var connection = await ConnectionMultiplexer.ConnectAsync(_redis.Configuration);
        var redis = connection.GetDatabase();
        await IsGoodAsync(_one, revoked.Token);
        var place = await KeyAsync(connection);
        await redis.KeyDeleteAsync(place);
        await IsGoodAsync(_one, good.Token);
        var entry = await redis.HashGetAllAsync(await KeyAsync(connection));
        await _one.Admin.RevokeServiceCredentialAsync(
            new RevokeServiceCredentialRequest { CredentialId = revoked.Credential.CredentialId }, _one.AsAdmin);

        await redis.HashSetAsync(place, entry);

        (await IsGoodAsync(_other, revoked.Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_Redis_each_replica_reads_for_itself()
    {
        var created = await CreateAsync();
        await _redis.StopAsync();

        (await IsGoodAsync(_one, created.Token)).ShouldBeTrue();
        (await IsGoodAsync(_other, created.Token)).ShouldBeTrue();
        _reads.OfCredentials.ShouldBe(1);
    }

    private Task<TestService> StartAsync(params IInterceptor[] interceptors) => TestService.StartAsync(
        new Dictionary<string, string?> { ["Redis:Configuration"] = _redis.Configuration, ["Redis:Patience"] = "00:00:05" },
        services => interceptors.ToList().ForEach(interceptor => TestStore.Intercept(services, interceptor)),
        _data);

    /// <summary>Of the one credential that a shop has; the administrator's is left out.</summary>
    private async Task<RedisKey> KeyAsync(ConnectionMultiplexer connection)
    {
        // Whoever read it is answered first; then it is written down.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tries = 0; tries < 1_000; tries++, await timer.WaitForNextTickAsync())
        {
            await foreach (var key in connection.GetServers()[0].KeysAsync(pattern: "*service-credential*"))
            {
                var content = (string?)await connection.GetDatabase().HashGetAsync(key, "data") ?? "";
                if (content.Contains("shop", StringComparison.Ordinal))
                    return key;
            }
        }

        throw new TimeoutException("Nobody wrote it down.");
    }

    private async Task<CreateServiceCredentialResponse> CreateAsync() => await _one.Admin.CreateServiceCredentialAsync(
        new CreateServiceCredentialRequest { Name = "shop", Scopes = { Scopes.SessionsValidate } }, _one.AsAdmin);

    private static async Task<bool> IsGoodAsync(TestService at, string token)
    {
        try
        {
            await at.Sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = "x" }, TestService.Bearer(token));
            return true;
        }
        catch (RpcException refusal)
        {
            refusal.Reason().ShouldBe(ErrorReasons.CredentialRequired);
            return false;
        }
    }

    private sealed class Reads : DbCommandInterceptor
    {
        private int _ofCredentials;

        public int OfCredentials => Volatile.Read(ref _ofCredentials);

        public void StartOver() => Volatile.Write(ref _ofCredentials, 0);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("\"ServiceCredentials\"", StringComparison.Ordinal))
                Interlocked.Increment(ref _ofCredentials);
            return ValueTask.FromResult(result);
        }
    }
}
