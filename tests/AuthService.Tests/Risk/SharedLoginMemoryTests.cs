using AuthService.Protocol;
using AuthService.Tests.Shared;
using AuthService.Tests.Stores;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Tests.Risk;

/// <summary>Two replicas with one database and one Redis: whoever spreads his attempts over them is known to both.</summary>
public sealed class SharedLoginMemoryTests : IAsyncLifetime
{
    private const string Elsewhere = "203.0.113.7";
    private readonly string _data = Directory.CreateTempSubdirectory("authservice-test-").FullName;
    private RedisServer _redis = null!;
    private TestService _one = null!;
    private TestService _other = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        (_one, _other) = (await StartAsync(), await StartAsync());
        await TestRedis.FoundByAsync(_one);
        await TestRedis.FoundByAsync(_other);
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _one.DisposeAsync();
        await _redis.DisposeAsync();
        await TestStore.ForgetAsync(_data);
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Failures_at_one_replica_count_at_the_other()
    {
        var person = await Person.SignUpAsync(_one);
        for (var tried = 0; tried < 10; tried++)
            await FailAsync(tried % 2 == 0 ? _one : _other, $"somebody{tried}@example.org");

        var verdict = await VerifyAsync(_other, person, Elsewhere);

        verdict.Evidence.Single(line => line.Code == EvidenceCode.NetworkFailures).Millibits.ShouldBe(5_170, "all ten, of which five are forgiven");
        verdict.Evidence.ShouldContain(line => line.Code == EvidenceCode.IdentifiersFailing);
    }

    [Fact]
    public async Task A_refresh_that_one_replica_refused_is_refused_by_the_other_until_the_owner_steps_up_anywhere()
    {
        var person = await Person.SignUpAsync(_one);
        await Refusals.OfAsync(() => RefreshAsync(_one, person, Surroundings.Abroad()));

        var without = await Refusals.OfAsync(() => RefreshAsync(_other, person, environment: null));
        var stepUp = (await _one.Logins.StartStepUpAsync(
            new StartStepUpRequest(), TestService.From(Elsewhere, TestService.Bearer(person.Session.AccessToken)))).StepUp;
        person.Take(await person.CompleteAsync(stepUp, Elsewhere));

        without.Reason().ShouldBe(ErrorReasons.SessionStepUpRequired);
        (await RefreshAsync(_other, person, environment: null)).SessionId.ShouldBe(person.Session.SessionId);
    }

    [Fact]
    public async Task Without_Redis_nobody_is_refused_for_that_and_each_replica_goes_on_by_itself()
    {
        var person = await Person.SignUpAsync(_one, rememberDevice: true);
        await _redis.StopAsync();
        for (var tried = 0; tried < 10; tried++)
            await FailAsync(_one, $"somebody{tried}@example.org");

        var known = await person.LoginFromAsync(person.Home, deviceToken: person.Session.DeviceToken);

        known.OutcomeCase.ShouldBe(LoginResponse.OutcomeOneofCase.Session);
        (await VerifyAsync(_one, person, Elsewhere)).Evidence.ShouldContain(line => line.Code == EvidenceCode.NetworkFailures);
        (await VerifyAsync(_other, person, Elsewhere)).Evidence.ShouldNotContain(line => line.Code == EvidenceCode.NetworkFailures);
    }

    [Fact]
    public async Task Redis_learns_no_address_account_or_identifier()
    {
        var person = await Person.SignUpAsync(_one);
        await FailAsync(_one, "somebody@example.org");
        await FailAsync(_one, person.Email);
        await Refusals.OfAsync(() => RefreshAsync(_one, person, Surroundings.Abroad()));

        await using var connection = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(_redis.Configuration);
        var held = new List<string>();
        await foreach (var key in connection.GetServers()[0].KeysAsync())
        {
            held.Add(key.ToString());
            if (await connection.GetDatabase().KeyTypeAsync(key) == StackExchange.Redis.RedisType.Hash)
                held.AddRange((await connection.GetDatabase().HashGetAllAsync(key)).SelectMany(field => new[] { field.Name.ToString(), field.Value.ToString() }));
        }

        held.Count(name => name.Contains("failures:", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(3);
        held.ShouldContain(name => name.Contains("doubts:", StringComparison.Ordinal));
        foreach (var secret in new[] { Elsewhere, "203.0.113", person.AccountId, person.Session.SessionId, person.Email, "somebody" })
            held.ShouldNotContain(name => name.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    private Task<TestService> StartAsync() => TestService.StartAsync(
        new Dictionary<string, string?> { ["Redis:Configuration"] = _redis.Configuration, ["Redis:Patience"] = "00:00:05" }, data: _data);

    private static async Task FailAsync(TestService at, string identifier) =>
        (await Refusals.OfAsync(at.Logins.LoginAsync(
            new LoginRequest { Identifier = identifier, Password = "wrong teapot orbit 91", Environment = Surroundings.AtHome() },
            TestService.From(Elsewhere)))).Reason().ShouldBe(ErrorReasons.InvalidCredentials);

    private static async Task<Session> RefreshAsync(TestService at, Person person, EnvironmentSignals? environment) => (await at.Sessions.RefreshSessionAsync(
        new RefreshSessionRequest { RefreshToken = person.Session.RefreshToken, Environment = environment }, TestService.From(Elsewhere))).Session;

    private static async Task<RiskVerdict> VerifyAsync(TestService at, Person person, string peer) => (await at.Ecv.VerifyEcvAsync(
        new VerifyEcvRequest { AccountId = person.AccountId, Environment = Surroundings.AtHome(), PeerAddress = peer }, at.AsService)).Verdict;
}
