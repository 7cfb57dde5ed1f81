using System.Diagnostics.CodeAnalysis;
using AuthService.LoadTest.Baselines;
using AuthService.LoadTest.Load;
using AuthService.LoadTest.Subject;
using AuthService.Tests.Shared;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.LoadTest.Scenarios;

/// <summary>The service, the bare server beside it, people who live there, and how to call both.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "They go with the bench, or with the process where its start fails.")]
internal sealed class Bench : IAsyncDisposable
{
    /// <summary>As h2load's usual measure: 8 connections with 32 calls under way on each.</summary>
    public const int ManyCallers = 256;

    public const int BatchSize = 100;

    private const int ConnectionCount = 8;
    private readonly string _scratch;
    private readonly PostgresServer? _postgres;

    private Bench(BenchOptions options, string scratch, PostgresServer? postgres, ServedSubject subject, Residents residents, ServerProcess echo)
    {
        (Options, _scratch, _postgres, Subject, Residents, Echo) = (options, scratch, postgres, subject, residents, echo);
        (Service, Bare) = (new Connections(subject.Address, ConnectionCount), new Connections(echo.Address, ConnectionCount));
    }

    public BenchOptions Options { get; }

    public ServedSubject Subject { get; }

    public Residents Residents { get; }

    public ServerProcess Echo { get; }

    /// <summary>To the service.</summary>
    public Connections Service { get; }

    /// <summary>To the bare server.</summary>
    public Connections Bare { get; }

    private (string, string) AsService => ("authorization", $"Bearer {Subject.ServiceToken}");

    public static async Task<Bench> StartAsync(BenchOptions options, IProgress<string> progress)
    {
        var scratch = Directory.CreateTempSubdirectory("authservice-load-").FullName;
        var postgres = options is { Store: "postgres", Against: null } ? await PostgresServer.StartAsync(isDurable: true) : null;
        try
        {
            var (data, settings) = (Directory.CreateDirectory(Path.Combine(scratch, "data")).FullName, await SettingsAsync(postgres));
            var subject = options.Against is { } address
                ? await ServedSubject.OfAsync(address, options.Data!)
                : await ServedSubject.StartAsync(data, settings);

            var (opened, all) = (0, options.People * options.SessionsOfOne);
            var residents = await Residents.MoveInAsync(
                subject, options.People, options.SessionsOfOne,
                () =>
                {
                    if (Interlocked.Increment(ref opened) is var done && done % Math.Max(1, all / 20) == 0)
                        progress.Report($"{all:N0} sessions of {options.People:N0} people are opened: {done:N0}");
                });
            if (options.Against is null)
            {
                await subject.DisposeAsync();
                subject = await ServedSubject.StartInProductionAsync(data, settings);
            }

            var answers = Directory.CreateDirectory(Path.Combine(scratch, "answers")).FullName;
            (await AskAsync(subject, residents)).Write(answers);
            var echo = ServerProcess.Start(
                AppContext.BaseDirectory, new Dictionary<string, string?>(StringComparer.Ordinal),
                port => ["AuthService.LoadTest.dll", BareCommand.Name, "--port", port, "--answers", answers, "--flush", Path.Combine(scratch, "flushed")]);
            await echo.Ready;
            return new Bench(options, scratch, postgres, subject, residents, echo);
        }
        catch
        {
            if (postgres is not null)
                await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>A validation, as a service asks for it.</summary>
    public RawRequest Validation(int session) => RawRequest.Of(
        "SessionService/ValidateSession", new ValidateSessionRequest { AccessToken = Residents[session].AccessToken }, AsService);

    /// <summary><see cref="BatchSize"/> validations, from this session on.</summary>
    public RawRequest Batch(int first) => RawRequest.Of("SessionService/BatchValidateSessions", BatchOf(Residents, first), AsService);

    public async ValueTask DisposeAsync()
    {
        Service.Dispose();
        Bare.Dispose();
        await Echo.DisposeAsync();
        await Subject.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        Directory.Delete(_scratch, recursive: true);
    }

    private static async Task<CannedAnswers> AskAsync(ServedSubject subject, Residents residents)
    {
        var sessions = new SessionService.SessionServiceClient(subject.Channel);
        var asService = new Metadata { { "authorization", $"Bearer {subject.ServiceToken}" } };
        var refresh = await sessions.RefreshSessionAsync(new RefreshSessionRequest { RefreshToken = residents[0].RefreshToken }, Population.From(0));
        residents.Keep(0, refresh.Session);
        var validate = await sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = residents[0].AccessToken }, asService);
        if (!validate.Active)
            throw new InvalidOperationException($"A session that was just refreshed is not good: {validate.Reason}.");

        var login = await new LoginService.LoginServiceClient(subject.Channel).LoginAsync(
            Population.AtHome(0, residents.DeviceTokenOf(0)), Population.From(0));
        residents.Keep(0, login.Session);
        return new CannedAnswers(validate, await sessions.BatchValidateSessionsAsync(BatchOf(residents, 0), asService), refresh, login);
    }

    private static BatchValidateSessionsRequest BatchOf(Residents residents, int first)
    {
        var batch = new BatchValidateSessionsRequest();
        for (var at = 0; at < BatchSize; at++)
            batch.Requests.Add(new ValidateSessionRequest { AccessToken = residents[(first + at) % residents.Sessions].AccessToken });
        return batch;
    }

    private static async Task<IReadOnlyDictionary<string, string?>> SettingsAsync(PostgresServer? postgres)
    {
        if (postgres is null)
            return Generous.Settings;
        await postgres.ExecuteAsync("postgres", "CREATE DATABASE authservice");
        return new Dictionary<string, string?>(Generous.Settings, StringComparer.Ordinal)
        {
            ["Storage:Provider"] = "Postgres", ["Storage:ConnectionString"] = postgres.Of("authservice"),
        };
    }
}
