using AuthService.SystemTests.Harness;
using AuthService.Tests.Shared;
using AuthService.V1;

namespace AuthService.SystemTests.Replicas;

/// <summary>Three replicas on one PostgreSQL and one Redis, all real processes on loopback.</summary>
public sealed class Cluster : IAsyncDisposable
{
    private const string Database = "authservice";

    private readonly List<DataFolder> _folders = [];
    private readonly IReadOnlyList<string> _settings;
    private readonly ServiceProcess?[] _replicas = new ServiceProcess?[3];
    private int _next;

    private Cluster(PostgresServer postgres, RedisServer redis, IReadOnlyList<string> settings)
    {
        (Postgres, Redis, _settings) = (postgres, redis, settings);
        PostgresLink = FaultyLink.To(postgres.Port, seed: 1);
        RedisLink = FaultyLink.To(redis.Port, seed: 2);
    }

    public PostgresServer Postgres { get; }

    public RedisServer Redis { get; }

    /// <summary>Between the replicas and PostgreSQL.</summary>
    public FaultyLink PostgresLink { get; }

    /// <summary>Between the replicas and Redis.</summary>
    public FaultyLink RedisLink { get; }

    public IEnumerable<ServiceProcess> Replicas => _replicas.OfType<ServiceProcess>();

    /// <summary>The next replica that is there: client-side balancing.</summary>
    public ServiceProcess Any
    {
        get
        {
            while (true)
            {
                if (_replicas[(uint)Interlocked.Increment(ref _next) % _replicas.Length] is { } replica)
                    return replica;
            }
        }
    }

    /// <summary>Where the credentials are.</summary>
    public DataFolder Folder => _folders[0];

    public string ServiceToken => _folders[0].ServiceToken;

    public string AdminToken => _folders[0].AdminToken;

    /// <param name="settings">Of the replicas, <c>Section:Name=value</c>, on top of those that they have here.</param>
    public static async Task<Cluster> StartAsync(params IReadOnlyList<string> settings) =>
        await StartAsync(await PostgresServer.StartAsync(isDurable: true), settings);

    /// <param name="postgres">Theirs alone; goes with them.</param>
    /// <param name="settings">Of the replicas, <c>Section:Name=value</c>, on top of those that they have here.</param>
    public static async Task<Cluster> StartAsync(PostgresServer postgres, params IReadOnlyList<string> settings)
    {
        await postgres.ExecuteAsync("postgres", $"CREATE DATABASE {Database}");
        var cluster = new Cluster(postgres, await RedisServer.StartAsync(), settings);

        // The first makes schema, keyring and credentials; the others find them.
        for (var number = 0; number < cluster._replicas.Length; number++)
        {
            cluster._folders.Add(new DataFolder());
            if (number > 0)
                cluster.CopyCredentialsTo(cluster._folders[number]);
            await cluster.StartReplicaAsync(number);
        }

        return cluster;
    }

    public ServiceProcess this[int number] => _replicas[number] ?? throw new InvalidOperationException($"Replica {number} is not there.");

    public async Task StartReplicaAsync(int number) => _replicas[number] = await ServiceProcess.StartAsync(
        _folders[number],
        [
            "Storage:Provider=Postgres",
            $"Storage:ConnectionString={PostgresServer.Of(Database, PostgresLink.Port)}",
            FormattableString.Invariant($"Redis:Configuration=127.0.0.1:{RedisLink.Port}"),
            $"Keys:KeyringPath={_folders[0].PathOf("keys/keyring.json")}",
            "RateLimits:NetworkLogin:PerMinute=60000",
            "RateLimits:NetworkLogin:Burst=10000",
            .. _settings,
        ]);

    /// <summary>Kills a replica: from now on nobody is sent there.</summary>
    public async Task KillReplicaAsync(int number)
    {
        var replica = this[number];
        _replicas[number] = null;
        await replica.KillAsync();
        await replica.DisposeAsync();
    }

    /// <summary>Asks a replica to stop, which it does when it has answered what is under way: from now on nobody is sent there.</summary>
    public async Task<int> StopReplicaAsync(int number)
    {
        var replica = this[number];
        _replicas[number] = null;
        var exitCode = await replica.StopAsync();
        await replica.DisposeAsync();
        return exitCode;
    }

    /// <summary>The code that a contact was sent, by whichever replica.</summary>
    public async Task<string> CodeAsync(string contact)
    {
        using var found = new CancellationTokenSource();
        var outboxes = _folders.Select(folder => folder.Outbox().NextCodeAsync(contact, found.Token)).ToList();
        var first = await Task.WhenAny(outboxes);
        await found.CancelAsync();
        await Task.WhenAll(outboxes.Select(outbox => outbox.ContinueWith(_ => { }, TaskScheduler.Default)));
        return await first;
    }

    /// <summary>How often a contact was sent a code, over all replicas.</summary>
    public int CodesSent(string contact) => _folders.Sum(folder => folder.Outbox().All().Count(message => message.To == contact && message.Code is not null));

    public async Task<Session> SignUpAsync(Person person)
    {
        var created = await Refusals.PatientlyAsync(() => Any.Accounts.CreateAccountAsync(person.SignUpRequest(), ServiceProcess.From(person.Network)));
        return await person.VerifyAsync(Any, created.VerificationId, await CodeAsync(person.Email));
    }

    /// <summary>A session each of so many people; a few at a time, so that none is turned away.</summary>
    public async Task<IReadOnlyList<Session>> SignUpAsync(string story, int people)
    {
        var sessions = new Session[people];
        await Parallel.ForEachAsync(Enumerable.Range(0, people), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
            sessions[number] = await SignUpAsync(Person.Number(number, story)));
        return sessions;
    }

    public async Task<ValidateSessionResponse> ValidateAsync(ServiceProcess replica, Session session) => await replica.Sessions.ValidateSessionAsync(
        new ValidateSessionRequest { AccessToken = session.AccessToken }, ServiceProcess.Bearer(ServiceToken));

    /// <summary>As an operator would: else each of them would make its own, and end those of the one before.</summary>
    private void CopyCredentialsTo(DataFolder folder)
    {
        Directory.CreateDirectory(folder.PathOf("bootstrap"));
        foreach (var file in Directory.GetFiles(_folders[0].PathOf("bootstrap")))
            File.Copy(file, folder.PathOf(Path.Combine("bootstrap", Path.GetFileName(file))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in Replicas)
            await replica.DisposeAsync();
        await RedisLink.DisposeAsync();
        await PostgresLink.DisposeAsync();
        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
        foreach (var folder in _folders)
            folder.Dispose();
    }
}
