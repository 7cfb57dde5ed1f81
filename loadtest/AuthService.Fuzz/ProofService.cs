using AuthService.Hosting;
using AuthService.Protocol.Proofs;
using AuthService.Security.Keys;
using AuthService.Security.Proofs;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Options;

namespace AuthService.Fuzz;

/// <summary>The server's own verifier of proofs, over a database in memory that knows one device.</summary>
internal sealed class ProofService : IDisposable
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly PooledDbContextFactory<SqliteAuthDbContext> contexts;
    private readonly SqliteStore store = new();
    private readonly Database database;
    private readonly Keyring keyring;

    public ProofService(DevicePublicKey key)
    {
        connection.Open();
        contexts = new PooledDbContextFactory<SqliteAuthDbContext>(new DbContextOptionsBuilder<SqliteAuthDbContext>().UseSqlite(connection).Options);
        using var rows = contexts.CreateDbContext();
        rows.Database.EnsureCreated();
        rows.Devices.Add(new DeviceRow
        {
            Id = ProofSeeds.DeviceId, AccountId = Account.Id, PublicKey = key.SubjectPublicKeyInfo.ToArray(), KeyThumbprint = key.Thumbprint,
            NameSealed = [], Category = "phone",
        });
        rows.SaveChanges();
        database = new Database(new ModelFactory<AuthDbContext, SqliteAuthDbContext>(contexts), store, new StoppedClock(Account.Now));
        keyring = new Keyring([.. Enum.GetValues<KeyUse>().Select(MakeKey)]);
    }

    public DeploymentOptions Deployment { get; } = new();

    public Challenges Challenges => new(keyring, new StoppedClock(Account.Now));

    /// <summary>A verifier that has run for a minute and has seen no proof yet, so that each input meets the same one.</summary>
    public ProofVerifier Start()
    {
        using (var rows = contexts.CreateDbContext())
            rows.ConsumedChallenges.ExecuteDelete();
        var clock = new StoppedClock(Account.Now.AddMinutes(-1));
        var verifier = new ProofVerifier(
            database, Challenges, new LocalProofIds(clock), Options.Create(Deployment), Options.Create(new ProofOptions()), clock);
        clock.MoveTo(Account.Now);
        return verifier;
    }

    public void Dispose()
    {
        store.Dispose();
        keyring.Dispose();
        connection.Dispose();
    }

    // The seeds' challenges stay good from run to run.
    private static Key MakeKey(KeyUse use) => use == KeyUse.Challenge && KeyId.TryParse("challeng", out var id)
        ? new Key(id, use, Account.Now, KeyState.Active, new byte[Key.Size])
        : KeyringFile.Generate(use, new StoppedClock(Account.Now));
}
