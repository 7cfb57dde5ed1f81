using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AuthService.Tests.Stores;

/// <summary>SQLite commits transactions that have come together as one, and nobody notices but the disk.</summary>
public sealed class GroupCommitTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("authservice-group-").FullName;
    private readonly Commits _commits = new();
    private readonly SqliteStore _store = new();
    private Database _sut = null!;

    private string File => Path.Combine(_folder, "rows.db");

    public async Task InitializeAsync()
    {
        var contexts = new Contexts(File, _commits);
        await using (var rows = contexts.CreateDbContext())
            await rows.Database.MigrateAsync();
        _commits.Count = 0;
        _sut = new Database(contexts, _store, TimeProvider.System);
    }

    public Task DisposeAsync()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Those_who_stand_in_line_share_a_commit()
    {
        var all = await InLineAsync(Enumerable.Range(0, 20).Select(number => Add($"{number}")));

        await Task.WhenAll(all);

        (await CountAsync()).ShouldBe(20);
        _commits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task No_commit_is_of_more_than_its_share()
    {
        var all = await InLineAsync(Enumerable.Range(0, SqliteStore.MostAtOnce + 1).Select(number => Add($"{number}")));

        await Task.WhenAll(all);

        _commits.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_fails_takes_nobody_with_it_and_leaves_nothing()
    {
        var all = await InLineAsync(
        [
            Add("first"),
            async work =>
            {
                await Add("failing")(work);
                await work.Rows.SaveChangesAsync();
                throw new InvalidOperationException("Its own affair.");
            },
            // Refused by the database, not by its own code.
            Add("first"),
            Add("last"),
        ]);

        await all[0];
        await Should.ThrowAsync<InvalidOperationException>(all[1]);
        await Should.ThrowAsync<StoreUnavailableException>(all[2]);
        await all[3];
        (await TargetsAsync()).ShouldBe(["first", "last"]);
    }

    [Fact]
    public async Task What_one_has_changed_and_not_saved_is_not_the_next_ones()
    {
        var all = await InLineAsync(
        [
            work =>
            {
                work.Rows.Add(Row("forgotten"));
                throw new InvalidOperationException("Its own affair.");
            },
            Add("kept"),
        ]);

        await Should.ThrowAsync<InvalidOperationException>(all[0]);
        await all[1];
        (await TargetsAsync()).ShouldBe(["kept"]);
    }

    [Fact]
    public async Task Each_sees_what_those_before_it_wrote()
    {
        var seen = -1;
        var all = await InLineAsync([Add("first"), async work => seen = await work.Rows.Attempts.CountAsync()]);

        await Task.WhenAll(all);

        seen.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_is_answered_before_the_commit()
    {
        var (committing, goOn, told) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        _commits.Before = () =>
        {
            committing.SetResult();
            return goOn.Task;
        };
        var write = _sut.WriteAsync(
            work =>
            {
                work.AfterCommit(() => told++);
                return Add("one")(work);
            },
            CancellationToken.None);
        await committing.Task;

        (told, write.IsCompleted).ShouldBe((0, false));
        goOn.SetResult();
        await write;
        told.ShouldBe(1);
    }

    [Fact]
    public async Task Who_gives_up_while_in_line_waits_no_longer_and_is_not_run()
    {
        using var source = new CancellationTokenSource();
        var (held, isRunning, ran) = (new TaskCompletionSource(), new TaskCompletionSource(), false);
        var holding = _sut.WriteAsync(
            _ =>
            {
                isRunning.SetResult();
                return held.Task;
            },
            CancellationToken.None);
        await isRunning.Task;
        var waiting = _sut.WriteAsync(_ => Task.FromResult(ran = true), source.Token);
        var other = _sut.WriteAsync(Add("other"), CancellationToken.None);

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
        holding.IsCompleted.ShouldBeFalse();
        _store.LineLength.ShouldBe(1, "whoever gave up has left the line, however long its head takes");
        held.SetResult();
        await Task.WhenAll(holding, other);
        ran.ShouldBeFalse();
        (await TargetsAsync()).ShouldBe(["other"]);
    }

    [Fact]
    public async Task A_commit_that_fails_fails_for_all_and_the_next_one_works()
    {
        _commits.Before = () => throw new IOException("No room.");
        var all = await InLineAsync([Add("first"), Add("second")]);

        foreach (var one in all)
            await Should.ThrowAsync<StoreUnavailableException>(one);
        (await CountAsync()).ShouldBe(0);

        _commits.Before = null;
        await _sut.WriteAsync(Add("third"), CancellationToken.None);
        (await TargetsAsync()).ShouldBe(["third"]);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_in_a_file_that_was_deleted()
    {
        await _sut.WriteAsync(Add("before"), CancellationToken.None);
        System.IO.File.Delete(File);

        await Should.ThrowAsync<StoreUnavailableException>(() => _sut.WriteAsync(Add("after"), CancellationToken.None));
    }

    /// <summary>Puts transactions in line behind one that holds them up, and lets that one go.</summary>
    private async Task<Task[]> InLineAsync(IEnumerable<Func<Work, Task>> work)
    {
        var (held, isRunning) = (new TaskCompletionSource(), new TaskCompletionSource());
        var holding = _sut.WriteAsync(
            async _ =>
            {
                isRunning.SetResult();
                await held.Task;
            },
            CancellationToken.None);
        await isRunning.Task;
        var all = work.Select(one => _sut.WriteAsync(one, CancellationToken.None)).ToArray();
        held.SetResult();
        try
        {
            await holding;
        }
        catch (StoreUnavailableException)
        {
            // It shares their commit.
        }

        return all;
    }

    private static Func<Work, Task> Add(string target) => work =>
    {
        work.Rows.Add(Row(target));
        return Task.CompletedTask;
    };

    private static AttemptRow Row(string target) => new() { Target = System.Text.Encoding.UTF8.GetBytes(target) };

    private Task<int> CountAsync() => _sut.ReadAsync(rows => rows.Attempts.CountAsync(), CancellationToken.None);

    private async Task<IEnumerable<string>> TargetsAsync() =>
        (await _sut.ReadAsync(rows => rows.Attempts.Select(row => row.Target).ToListAsync(), CancellationToken.None))
        .Select(System.Text.Encoding.UTF8.GetString).Order(StringComparer.Ordinal);

    private sealed class Contexts(string file, params IInterceptor[] interceptors) : IDbContextFactory<AuthDbContext>
    {
        public AuthDbContext CreateDbContext() => new SqliteAuthDbContext(
            new DbContextOptionsBuilder<SqliteAuthDbContext>().UseSqlite($"Data Source={file};Pooling=false")
                .AddInterceptors([new SqlitePragmas(), .. interceptors]).Options);
    }
}
