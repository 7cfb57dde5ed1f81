using System.Diagnostics.CodeAnalysis;
using AuthService.Ecv.Places;
using AuthService.Ecv.Profiles;
using AuthService.Risk;
using AuthService.Security.Keys;
using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProfileRow = AuthService.Storage.Rows.ProfileRow;

namespace AuthService.Benchmarks;

/// <summary>
/// What a login loads of an account's history, from SQLite: the full profile, read; where its devices were, unsealed and read. Beside a bare
/// SELECT of the same row by its key, on a connection that stays open. The row is in memory: nothing waits for the disk.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "CleanUp disposes of them.")]
public class ProfileBenchmarks
{
    private TemporaryDatabase store = null!;
    private SqliteCommand select = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        store = new TemporaryDatabase();
        var whereabouts = Enumerable.Range(0, Whereabouts.MaxSightings).Aggregate(Whereabouts.Unknown, (seen, device) =>
            seen.See(new SeenPlaces(Observed: null, Given.Phone(device).Fix), [DeviceTag.Of($"device {device}")], Given.Now));
        var row = new ProfileRow
        {
            AccountId = GivenServer.Keys.Account.Value, Profile = Given.FullProfile().Write(), UpdatedAt = Given.Now,
            WhereaboutsSealed = Sealing.Seal(GivenServer.Keys, "whereabouts", whereabouts.Write()),
            WhereaboutsUntil = Given.Now + Whereabouts.Kept,
        };
        await store.Database.WriteAsync(work => work.Rows.Profiles.AddAsync(row).AsTask(), CancellationToken.None);
        select = store.Bare.CreateCommand();
        select.CommandText = "SELECT Profile, WhereaboutsSealed FROM Profiles WHERE AccountId = $account";
        select.Parameters.AddWithValue("$account", row.AccountId);
        await select.PrepareAsync();
        if (Select() != row.Profile.Length + row.WhereaboutsSealed.Length || (await Load()).Whereabouts.IsEmpty)
            throw new InvalidOperationException("The row is not read.");
        Console.WriteLine($"// {row.Profile.Length} and {row.WhereaboutsSealed.Length} bytes");
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        select.Dispose();
        store.Dispose();
    }

    [Benchmark(Baseline = true, Description = "bare SELECT by key")]
    public int Select()
    {
        using var row = select.ExecuteReader();
        row.Read();
        return row.GetFieldValue<byte[]>(0).Length + row.GetFieldValue<byte[]>(1).Length;
    }

    [Benchmark(Description = "load both, as a login does")]
    public Task<(Profile Profile, Whereabouts Whereabouts)> Load() =>
        store.Database.ReadAsync(rows => Profiles.LoadAsync(rows, GivenServer.Keys, CancellationToken.None), CancellationToken.None);

    [Benchmark(Description = "a connection opened, nothing read")]
    public Task<bool> OpenOnly() => store.Database.ReadAsync(
        async rows =>
        {
            await rows.Database.OpenConnectionAsync();
            return true;
        },
        CancellationToken.None);
}
