using System.Net;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Places;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.Hosting.Network;
using AuthService.Risk;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Risk;

/// <summary>Statistics of what accounts share, from the logins that taught them to the verdicts that weigh by them.</summary>
public sealed class PopulationTests : IAsyncLifetime
{
    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task What_many_accounts_share_earns_less_trust()
    {
        var person = await Person.SignUpAsync(_service);
        var before = await TrustInSsidAsync(person);

        await ShareAsync(person, accounts: 400);

        (await TrustInSsidAsync(person)).ShouldBeGreaterThan(before, "400 accounts have a Wi-Fi of this name");
    }

    [Fact]
    public async Task What_was_counted_is_written_down_and_read_again_after_a_start()
    {
        var data = Directory.CreateTempSubdirectory("authservice-test-").FullName;
        await using (var first = await TestService.StartAsync(data: data))
        {
            Count(first, Signals(), accounts: 400);
        }

        await using var second = await TestService.StartAsync(data: data);
        (await ProbabilityAsync(second, Signals())).ShouldBeGreaterThan(0.1);
        (await ProbabilityAsync(second, Signals("another"))).ShouldBeLessThan(0.05);
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Refused_logins_are_not_counted_and_the_same_account_only_once()
    {
        var person = await Person.SignUpAsync(_service);
        for (var tries = 0; tries < 3; tries++)
            await Refusals.OfAsync(() => person.LoginFromAsync(person.Home, Surroundings.Abroad(), password: "wrong teapot orbit 91"));
        await WrittenAsync();
        var values = await RowsAsync();

        var stepUp = (await person.LoginFromAsync(person.Home)).StepUp;
        await person.CompleteAsync(stepUp, person.Home);
        await WrittenAsync();

        (await RowsAsync()).ShouldBe(values, "nothing was new to the statistics");
        values.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(LearnedHow.Allow, false)]
    [InlineData(LearnedHow.StepUp, true)]
    public async Task An_allowed_login_counts_and_moves_nothing_that_the_profile_does_not_know(LearnedHow how, bool changes)
    {
        var person = await Person.SignUpAsync(_service);
        await WrittenAsync();
        var (values, whereabouts) = (await RowsAsync(), await WhereaboutsAsync(person));

        await LearnAsync(person, Signals("another"), how);
        await WrittenAsync();

        (await RowsAsync() > values).ShouldBe(changes);
        (await WhereaboutsAsync(person)).AsSpan().SequenceEqual(whereabouts).ShouldBe(!changes);
    }

    private async Task LearnAsync(Person person, CanonicalSignals signals, LearnedHow how)
    {
        var keys = await KeysAsync(person);
        using var key = new EcvKey(keys.EcvKey);
        var observation = new ConnectionObservation { Peer = IPAddress.Parse("203.0.113.7"), Time = _service.Clock.GetUtcNow() };
        var lisbon = GeoFix.TryCreate(38.72, -9.14, 20, out var fix) ? fix : throw new FormatException("No place.");
        var shown = new ShownSurroundings(
            Tokenizer.Tokenize(key, signals, SignalConsents.All, observation),
            Whereabouts.Unknown.See(new SeenPlaces(lisbon, null), [new DeviceTag(1)], _service.Clock.GetUtcNow()),
            _service.Services.GetRequiredService<PopulationStatistics>().Tokenize(signals, SignalConsents.All, observation));
        await _service.Services.GetRequiredService<Database>().WriteAsync(
            async work =>
            {
                await _service.Services.GetRequiredService<Profiles>().LearnAsync(
                    work, keys, shown, new Lesson(VerdictTag.Of("vrd_elsewhere"), work.Now, how, Device: null),
                    new ClientNetwork(observation.Peer!), CancellationToken.None);
                return true;
            },
            CancellationToken.None);
    }

    private async Task<byte[]> WhereaboutsAsync(Person person)
    {
        var keys = await KeysAsync(person);
        var known = await _service.Services.GetRequiredService<Database>().ReadAsync(
            rows => Profiles.LoadAsync(rows, keys, CancellationToken.None), CancellationToken.None);
        return known.Whereabouts.Write();
    }

    private async Task<AccountKeys> KeysAsync(Person person) => (await _service.Services.GetRequiredService<AccountKeyStore>()
        .FindAsync(AccountId.Parse(person.AccountId), CancellationToken.None)).ShouldNotBeNull();

    private Task WrittenAsync() => _service.Services.GetRequiredService<PopulationStatistics>()
        .FlushAsync(_service.Services.GetRequiredService<Database>(), CancellationToken.None);

    private Task<int> RowsAsync() =>
        _service.Services.GetRequiredService<Database>().ReadAsync(rows => rows.Population.CountAsync(), CancellationToken.None);

    private async Task<long> TrustInSsidAsync(Person person)
    {
        var verdict = await _service.Ecv.VerifyEcvAsync(
            new V1.VerifyEcvRequest
            {
                AccountId = person.AccountId,
                Environment = new V1.EnvironmentSignals { Wifi = new V1.WifiSignals { Ssid = "Waldhaus" } },
            },
            _service.AsService);
        return verdict.Verdict.Evidence.Single(line => line.Characteristic == "wifi.network").Millibits;
    }

    private Task ShareAsync(Person person, int accounts)
    {
        person.AccountId.ShouldNotBeEmpty();
        Count(_service, Signals(), accounts);
        return Task.CompletedTask;
    }

    private static void Count(TestService service, CanonicalSignals signals, int accounts)
    {
        var statistics = service.Services.GetRequiredService<PopulationStatistics>();
        var values = statistics.Tokenize(signals, SignalConsents.All, ConnectionObservation.None);
        for (var account = 0; account < accounts; account++)
            statistics.Count(values, AccountId.Create("de", service.Clock), service.Clock.GetUtcNow());
    }

    private static Task<double> ProbabilityAsync(TestService service, CanonicalSignals signals)
    {
        var statistics = service.Services.GetRequiredService<PopulationStatistics>();
        var values = statistics.Tokenize(signals, SignalConsents.All, ConnectionObservation.None);
        return service.Services.GetRequiredService<Database>().ReadAsync(
            async rows => (await statistics.LookAsync(rows, values, service.Clock.GetUtcNow(), CancellationToken.None))
                .Probability(CharacteristicKind.WifiNetwork, 0) / (double)CharacteristicCatalog.Certain,
            CancellationToken.None);
    }

    private static CanonicalSignals Signals(string ssid = "Waldhaus")
    {
        SignalParser.TryParse(new RawSignals { Wifi = new RawWifiSignals { Ssid = ssid } }, out var signals, out _).ShouldBeTrue();
        return signals;
    }
}
