using System.Data.Common;
using System.Security.Cryptography;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AuthService.Tests.Security.Keys;

public sealed class AccountKeyStoreTests : IAsyncLifetime
{
    private const int Cached = 10;

    private readonly TemporaryFolder _folder = new();
    private readonly Keyring _keyring = TestKeys.Ring();
    private readonly SqliteStore _store = new();

    private string Database => _folder.File("account-keys.db");

    public async Task InitializeAsync()
    {
        await using var rows = Contexts().CreateDbContext();
        await rows.Database.MigrateAsync();
    }

    public Task DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _store.Dispose();
        _keyring.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Keys_are_found_again_after_a_restart()
    {
        var account = TestKeys.Account();
        var made = await CreateSut().CreateAsync(account, default);

        var found = await CreateSut().FindAsync(account, default);

        found.ShouldNotBeNull().Both.SequenceEqual(made.Both).ShouldBeTrue();
    }

    [Fact]
    public async Task An_account_has_two_keys_and_shares_them_with_nobody()
    {
        var store = CreateSut();

        var one = await store.CreateAsync(TestKeys.Account(), default);
        var other = await store.CreateAsync(TestKeys.Account(), default);

        new[] { one.EcvKey.ToArray(), one.DataKey.ToArray(), other.EcvKey.ToArray(), other.DataKey.ToArray() }
            .Select(Convert.ToHexString).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task An_account_without_keys_has_none()
    {
        (await CreateSut().FindAsync(TestKeys.Account(), default)).ShouldBeNull();
    }

    [Fact]
    public async Task Keys_are_never_made_twice_for_one_account()
    {
        var account = TestKeys.Account();
        var made = await CreateSut().CreateAsync(account, default);

        await Should.ThrowAsync<StoreUnavailableException>(() => CreateSut().CreateAsync(account, default));

        (await CreateSut().FindAsync(account, default)).ShouldNotBeNull().Both.SequenceEqual(made.Both).ShouldBeTrue();
    }

    [Fact]
    public async Task The_file_holds_the_keys_wrapped_only()
    {
        var keys = await CreateSut().CreateAsync(TestKeys.Account(), default);

        (await FilesContainAsync(keys.EcvKey.ToArray())).ShouldBeFalse();
        (await FilesContainAsync(keys.DataKey.ToArray())).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_of_a_destroyed_key_stays_in_any_file()
    {
        var account = TestKeys.Account();
        var store = CreateSut();
        await store.CreateAsync(TestKeys.Account(), default);
        await store.CreateAsync(account, default);
        var wrapped = await WrappedAsync(account);
        (await FilesContainAsync(wrapped)).ShouldBeTrue();

        await store.DestroyAsync(account, default);

        (await FilesContainAsync(wrapped)).ShouldBeFalse();
        (await FilesContainAsync(System.Text.Encoding.ASCII.GetBytes(account.Value))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_destroyed_key_is_found_neither_in_the_cache_nor_in_the_store()
    {
        var account = TestKeys.Account();
        var store = CreateSut();
        await store.CreateAsync(account, default);

        await store.DestroyAsync(account, default);

        (await store.FindAsync(account, default)).ShouldBeNull();
        (await CreateSut().FindAsync(account, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_holds_keys_while_they_are_destroyed_can_end_what_was_begun()
    {
        var account = TestKeys.Account();
        var store = CreateSut();
        var held = await store.CreateAsync(account, default);
        var box = Sealing.Seal(held, "email", "a@example.com");

        await store.DestroyAsync(account, default);

        Sealing.TryOpenText(held, "email", box, out var text).ShouldBeTrue();
        text.ShouldBe("a@example.com");
    }

    [Fact]
    public async Task Destroying_again_or_what_is_not_there_does_no_harm()
    {
        var other = TestKeys.Account();
        var store = CreateSut();
        await store.CreateAsync(other, default);

        await store.DestroyAsync(TestKeys.Account(), default);

        (await CreateSut().FindAsync(other, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Keys_destroyed_between_reading_and_caching_do_not_stay_in_the_cache()
    {
        var account = TestKeys.Account();
        await CreateSut().CreateAsync(account, default);
        var afterRead = new AfterFirstRead();
        var store = CreateSut(interceptor: afterRead);
        afterRead.Action = () => store.DestroyAsync(account, default);

        (await store.FindAsync(account, default)).ShouldNotBeNull();

        (await store.FindAsync(account, default)).ShouldBeNull();
    }

    [Fact]
    public async Task The_keys_of_one_account_do_not_open_in_the_row_of_another()
    {
        var (one, other) = (TestKeys.Account(), TestKeys.Account());
        await CreateSut().CreateAsync(one, default);
        await CreateSut().CreateAsync(other, default);
        var stolen = await WrappedAsync(one);

        await using (var rows = Contexts().CreateDbContext())
            await rows.AccountKeys.Where(row => row.AccountId == other.Value).ExecuteUpdateAsync(row => row.SetProperty(r => r.Wrapped, stolen));

        await Should.ThrowAsync<CryptographicException>(async () => await CreateSut().FindAsync(other, default));
    }

    [Fact]
    public async Task Without_their_key_encryption_key_no_keys_open()
    {
        var account = TestKeys.Account();
        await CreateSut().CreateAsync(account, default);
        using var otherKeyring = TestKeys.Ring();

        await Should.ThrowAsync<CryptographicException>(async () => await CreateSut(otherKeyring).FindAsync(account, default));
    }

    [Fact]
    public async Task Many_writers_at_once_all_succeed()
    {
        var store = CreateSut();
        var accounts = Enumerable.Range(0, 30).Select(_ => TestKeys.Account()).ToList();

        await Task.WhenAll(accounts.Select(account => Task.Run(() => store.CreateAsync(account, default))));

        await using var rows = Contexts().CreateDbContext();
        (await rows.AccountKeys.CountAsync()).ShouldBe(30);
    }

    [Fact]
    public async Task The_cache_is_bounded_and_what_fell_out_of_it_is_read_again()
    {
        var store = CreateSut();
        var made = new List<AccountKeys>();
        for (var number = 0; number < 3 * Cached; number++)
            made.Add(await store.CreateAsync(TestKeys.Account(), default));

        var stillCached = 0;
        foreach (var keys in made)
        {
            var found = (await store.FindAsync(keys.Account, default)).ShouldNotBeNull();
            found.Both.SequenceEqual(keys.Both).ShouldBeTrue();
            stillCached += ReferenceEquals(found, keys) ? 1 : 0;
        }

        stillCached.ShouldBeLessThanOrEqualTo(Cached);
    }

    [Fact]
    public async Task Keys_that_do_not_open_stay_where_they_are_and_hold_up_no_others()
    {
        var old = _keyring.Current(KeyUse.Kek);
        var accounts = new[] { TestKeys.Account(), TestKeys.Account(), TestKeys.Account() };
        foreach (var account in accounts)
            await CreateSut().CreateAsync(account, default);
        await using (var rows = Contexts().CreateDbContext())
        {
            var row = await rows.AccountKeys.SingleAsync(row => row.AccountId == accounts[1].Value);
            row.Wrapped = [.. row.Wrapped.Reverse()];
            await rows.SaveChangesAsync();
        }

        using var rotated = TestKeys.Ring(old.As(KeyState.Compromised));
        var sut = CreateSut(rotated);
        var moved = await sut.MoveAsync(old.Id, default);

        moved.ShouldBe(2);
        (await sut.CountAsync(old.Id, default)).ShouldBe(1);
        (await sut.FindAsync(accounts[0], default)).ShouldNotBeNull();
        (await sut.FindAsync(accounts[2], default)).ShouldNotBeNull();
    }

    private AccountKeyStore CreateSut(Keyring? keyring = null, IInterceptor? interceptor = null) =>
        new(Contexts(interceptor), _store, keyring ?? _keyring, Options.Create(new KeyOptions { AccountsCached = Cached }), NullLogger<AccountKeyStore>.Instance);

    private Factory Contexts(IInterceptor? interceptor = null)
    {
        IInterceptor[] interceptors = interceptor is null ? [new SqlitePragmas()] : [new SqlitePragmas(), interceptor];
        return new Factory(
            new DbContextOptionsBuilder<SqliteAccountKeysDbContext>().UseSqlite($"Data Source={Database}").AddInterceptors(interceptors).Options);
    }

    private async Task<byte[]> WrappedAsync(AuthService.Storage.Ids.AccountId account)
    {
        await using var rows = Contexts().CreateDbContext();
        return (await rows.AccountKeys.AsNoTracking().SingleAsync(row => row.AccountId == account.Value)).Wrapped;
    }

    private async Task<bool> FilesContainAsync(byte[] needle)
    {
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            if ((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(needle) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>Does something once, when the first query has its rows and has let go of the connection.</summary>
    private sealed class AfterFirstRead : DbConnectionInterceptor
    {
        public Func<Task>? Action { get; set; }

        public override async Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (Action is { } action)
            {
                Action = null;
                await action();
            }
        }
    }

    private sealed class Factory(DbContextOptions<SqliteAccountKeysDbContext> options) : IDbContextFactory<AccountKeysDbContext>
    {
        public AccountKeysDbContext CreateDbContext() => new SqliteAccountKeysDbContext(options);
    }
}
