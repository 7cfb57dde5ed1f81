using System.Data.Common;
using System.Reflection;
using AuthService.Storage;
using AuthService.Storage.Hot;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Stores;

/// <summary>What is read and written by hand is what Entity Framework reads and writes, to the last column.</summary>
public sealed class HotRowsTests(SharedService shared) : IClassFixture<SharedService>
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 27, 8, 0, 0, 123, TimeSpan.Zero);

    private readonly Database _database = shared.Service.Services.GetRequiredService<Database>();

    [Fact]
    public async Task A_session_is_read_whole()
    {
        var session = await AddAsync(Full(NewId()));

        var read = await _database.WriteLockedAsync(work => work.LockSessionAsync(SessionId.Parse(session.Id), CancellationToken.None), CancellationToken.None);

        Values(read.ShouldNotBeNull()).ShouldBe(Values(session));
        Values(session).ShouldNotContain("", "a column without a value is not tested");
    }

    [Fact]
    public async Task A_session_is_read_where_columns_are_null()
    {
        var session = await AddAsync(Empty(NewId()));

        var read = await _database.WriteLockedAsync(work => work.LockSessionAsync(SessionId.Parse(session.Id), CancellationToken.None), CancellationToken.None);

        Values(read.ShouldNotBeNull()).ShouldBe(Values(session));
    }

    [Fact]
    public async Task Everything_that_changes_of_a_session_is_saved()
    {
        var (before, after) = (await AddAsync(Empty(NewId())), Full("any"));

        await _database.WriteLockedAsync(
            async work =>
            {
                var row = (await work.LockSessionAsync(SessionId.Parse(before.Id), CancellationToken.None))!;
                foreach (var property in Properties<SessionRow>().Where(IsSettable))
                    property.SetValue(row, property.GetValue(after));
                work.Write(statements => statements.UpdateSession, row);
                return true;
            },
            CancellationToken.None);

        var saved = await _database.ReadAsync(rows => rows.Sessions.SingleAsync(row => row.Id == before.Id), CancellationToken.None);
        foreach (var property in Properties<SessionRow>().Where(IsSettable))
            Text(property.GetValue(saved)).ShouldBe(Text(property.GetValue(after)), property.Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_is_inserted_whole(bool isFull)
    {
        var session = isFull ? Full(NewId()) : Empty(NewId());

        await WriteAsync(statements => statements.InsertSession, session);

        Values(await _database.ReadAsync(rows => rows.Sessions.SingleAsync(row => row.Id == session.Id), CancellationToken.None)).ShouldBe(Values(session));
    }

    [Fact]
    public async Task Failures_in_a_row_are_put_found_and_deleted()
    {
        byte[] target = [1, 2, 3];
        var (first, then) = (new AttemptRow { Target = target, Failures = 1, LastAt = Morning }, new AttemptRow { Target = target, Failures = 2, LastAt = Morning.AddHours(1) });

        foreach (var row in new[] { first, then })
        {
            await WriteAsync(statements => statements.PutAttempt, row);
            Values(await _database.ReadAsync(rows => rows.Attempts.SingleAsync(stored => stored.Target == target), CancellationToken.None)).ShouldBe(Values(row));
            Values((await FindAsync(statements => statements.SelectAttempt, target, AttemptColumns.Read))!).ShouldBe(Values(row));
        }

        await WriteAsync(statements => statements.DeleteAttempt, target);
        (await FindAsync(statements => statements.SelectAttempt, target, AttemptColumns.Read)).ShouldBeNull();
    }

    [Fact]
    public async Task What_a_transaction_wrote_by_hand_it_reads()
    {
        byte[] target = [4, 5, 6];

        var (put, deleted) = await _database.WriteAsync(
            async work =>
            {
                work.Write(statements => statements.PutAttempt, new AttemptRow { Target = target, Failures = 3, LastAt = Morning });
                var put = await work.FindAsync(statements => statements.SelectAttempt, target, AttemptColumns.Read, CancellationToken.None);
                work.Write(statements => statements.DeleteAttempt, target);
                return (put, await work.FindAsync(statements => statements.SelectAttempt, target, AttemptColumns.Read, CancellationToken.None));
            },
            CancellationToken.None);

        put.ShouldNotBeNull().Failures.ShouldBe(3);
        deleted.ShouldBeNull();
    }

    [Fact]
    public async Task A_profile_is_put_and_found_whole()
    {
        var bare = new ProfileRow { AccountId = "somebody", Profile = [1] };
        var full = new ProfileRow { AccountId = "somebody", Profile = [2, 3], WhereaboutsSealed = [4], WhereaboutsUntil = Morning, UpdatedAt = Morning.AddHours(1) };

        foreach (var row in new[] { bare, full, bare })
        {
            await WriteAsync(statements => statements.PutProfile, row);
            Values(await _database.ReadAsync(rows => rows.Profiles.SingleAsync(stored => stored.AccountId == "somebody"), CancellationToken.None)).ShouldBe(Values(row));
            Values((await FindAsync(statements => statements.SelectProfile, "somebody", ProfileColumns.Read))!).ShouldBe(Values(row));
        }
    }

    [Fact]
    public async Task An_account_on_a_network_is_put_and_found_whole()
    {
        var (first, then) = (On(Morning), On(Morning.AddDays(1)));

        foreach (var row in new[] { first, then })
        {
            await WriteAsync(statements => statements.PutNetworkAccount, row);
            Values(await _database.ReadAsync(rows => rows.NetworkAccounts.SingleAsync(stored => stored.Network == row.Network), CancellationToken.None)).ShouldBe(Values(row));
            Values((await FindAsync(statements => statements.SelectNetworkAccount, row, NetworkAccountColumns.Read))!).ShouldBe(Values(row));
        }

        static NetworkAccountRow On(DateTimeOffset at) => new() { Network = [7, 7], Account = [8], LastSeenAt = at };
    }

    [Fact]
    public async Task There_is_no_session_that_is_not_there() =>
        (await _database.WriteLockedAsync(work => work.LockSessionAsync(SessionId.Parse(NewId()), CancellationToken.None), CancellationToken.None)).ShouldBeNull();

    /// <summary>As a use case writes one, and as a minute's counts are written.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task An_event_is_written_whole(int many)
    {
        var full = new AuditEventRow
        {
            Id = NewId(), At = Morning, Type = 3, AccountId = "account", SessionId = "session", DeviceId = "device", Rpc = "rpc",
            Reason = "reason", Caller = "caller", NetworkToken = [1, 2], NetworkSealed = [3], VerdictId = "verdict", Verdict = [4, 5, 6], Decision = 2,
            ScoreMillibits = 77, PolicyVersion = "p", ModelVersion = "m", Details = "{}", Count = 9,
        };
        var bare = new AuditEventRow { Id = NewId(), At = Morning, Rpc = "" };

        await _database.WriteAsync(
            work =>
            {
                work.Append(full);
                for (var other = 2; other < many; other++)
                    work.Append(new AuditEventRow { Id = NewId(), Rpc = "" });
                work.Append(bare);
                return Task.CompletedTask;
            },
            CancellationToken.None);

        foreach (var expected in new[] { full, bare })
        {
            var written = await _database.ReadAsync(rows => rows.AuditEvents.SingleAsync(row => row.Id == expected.Id), CancellationToken.None);
            Values(written, nameof(AuditEventRow.Sequence)).ShouldBe(Values(expected, nameof(AuditEventRow.Sequence)));
        }

        Values(full, nameof(AuditEventRow.Sequence)).ShouldNotContain("", "a column without a value is not tested");
    }

    private Task WriteAsync<TValues>(Func<Statements, Statement<TValues>> statement, TValues values) => _database.WriteAsync(
        work =>
        {
            work.Write(statement, values);
            return Task.CompletedTask;
        },
        CancellationToken.None);

    private Task<TRow?> FindAsync<TKey, TRow>(Func<Statements, Statement<TKey>> select, TKey key, Func<DbDataReader, TRow> read)
        where TRow : class => _database.WriteAsync(work => work.FindAsync(select, key, read, CancellationToken.None), CancellationToken.None);

    private async Task<SessionRow> AddAsync(SessionRow session)
    {
        await _database.WriteAsync(
            work =>
            {
                work.Rows.Add(session);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return session;
    }

    private static string NewId() => SessionId.Create("de", TimeProvider.System).Value;

    private static SessionRow Empty(string id) => new() { Id = id, AccountId = "somebody", CreatedAt = Morning, ExpiresAt = Morning, CurrentHash = [9] };

    private static SessionRow Full(string id) => new()
    {
        Id = id, AccountId = "somebody", DeviceId = "device", CreatedAt = Morning, RefreshedAt = Morning.AddHours(1), ExpiresAt = Morning.AddHours(2),
        EndedAt = Morning.AddHours(3), EndedBecause = SessionEnd.Recovered, Factors = 5, FactorAt = Morning.AddHours(4), SecondFactorAt = Morning.AddHours(5),
        VouchedAt = Morning.AddHours(6), Risk = 2, OpenedByRequestId = "request", Generation = 7, TokensFrom = 6, CurrentHash = [1], NextHash = [2, 3],
        NextSealed = [4, 5, 6], ExchangedAt = Morning.AddHours(7),
    };

    private static IEnumerable<PropertyInfo> Properties<TRow>() => typeof(TRow).GetProperties();

    private static bool IsSettable(PropertyInfo property) =>
        !property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    private static IEnumerable<string> Values<TRow>(TRow row, string? but = null) =>
        Properties<TRow>().Where(property => property.Name != but).Select(property => Text(property.GetValue(row)));

    /// <summary>Empty for what a row has that nobody gave a value.</summary>
    private static string Text(object? value) => value switch
    {
        null or 0 or 0L => "",
        byte[] bytes => Convert.ToHexString(bytes),
        DateTimeOffset time => time == default ? "" : time.ToString("O"),
        _ => value.ToString()!,
    };
}
