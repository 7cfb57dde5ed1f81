using AuthService.Protocol;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Tests.Risk;

public sealed class EcvServiceTests : IAsyncLifetime
{
    private TestService _service = null!;
    private Person _person = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.StartAsync();
        _person = await Person.SignUpAsync(_service);
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task The_same_environment_gives_the_same_value_in_whatever_order_its_fields_come()
    {
        var reordered = Surroundings.AtHome();
        var neighbours = reordered.Wifi.Neighbours.Reverse().ToList();
        reordered.Wifi.Neighbours.Clear();
        reordered.Wifi.Neighbours.AddRange(neighbours);

        var first = await ComputeAsync(Surroundings.AtHome());
        var second = await ComputeAsync(reordered);
        var other = await ComputeAsync(Surroundings.Abroad());

        first.Ecv.ShouldStartWith("ecv1.");
        second.Ecv.ShouldBe(first.Ecv);
        other.Ecv.ShouldNotBe(first.Ecv);
    }

    [Fact]
    public async Task A_value_is_judged_like_the_environment_it_came_from_and_says_what_it_cannot_show()
    {
        var value = (await ComputeAsync(Surroundings.AtHome())).Ecv;

        var verdict = (await VerifyAsync(new VerifyEcvRequest { Ecv = value })).Verdict;

        verdict.Evidence.Single(line => line.Characteristic == "device.hardware").Code.ShouldBe(EvidenceCode.Seen);
        verdict.Caveats.ShouldNotBeEmpty();
        verdict.Decision.ShouldNotBe(Decision.Allow, "claims never open the gate");
    }

    [Theory]
    [InlineData("not an ecv at all", "Malformed")]
    [InlineData("ecv1.AAAA", "Malformed")]
    public async Task What_is_no_value_is_refused_by_field_and_noted(string value, string rejection)
    {
        var refusal = await Refusals.OfAsync(() => VerifyAsync(new VerifyEcvRequest { Ecv = value }));

        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().ShouldBe(["ecv"]);
        (await RejectionsAsync()).ShouldBe([rejection]);
    }

    [Fact]
    public async Task A_value_that_was_altered_truncated_or_made_for_somebody_else_is_refused()
    {
        var value = (await ComputeAsync(Surroundings.AtHome())).Ecv;
        var other = await Person.SignUpAsync(_service);
        var altered = value[..40] + (value[40] == 'A' ? 'B' : 'A') + value[41..];
        var foreign = (await _service.Ecv.ComputeEcvAsync(
            new ComputeEcvRequest { AccountId = other.AccountId, Environment = Surroundings.AtHome() }, _service.AsService)).Ecv;

        foreach (var bad in new[] { altered, value[..^8], foreign })
            (await Refusals.OfAsync(() => VerifyAsync(new VerifyEcvRequest { Ecv = bad }))).Fields().ShouldBe(["ecv"]);

        (await RejectionsAsync()).ShouldContain("OtherAccount");
        (await RejectionsAsync()).ShouldContain("Tampered");
    }

    [Fact]
    public async Task Judging_teaches_nothing()
    {
        var before = (await VerifyAsync(new VerifyEcvRequest { Environment = Surroundings.Abroad(), PeerAddress = "203.0.113.7" })).Verdict;
        var after = (await VerifyAsync(new VerifyEcvRequest { Environment = Surroundings.Abroad(), PeerAddress = "203.0.113.7" })).Verdict;

        after.ScoreMillibits.ShouldBe(before.ScoreMillibits);
        after.Evidence.ShouldBe(before.Evidence);
        after.VerdictId.ShouldNotBe(before.VerdictId);
    }

    [Fact]
    public async Task An_account_is_judged_sixty_times_a_minute_and_no_more()
    {
        for (var number = 0; number < 60; number++)
            await VerifyAsync(new VerifyEcvRequest { Environment = new EnvironmentSignals() });

        var refusal = await Refusals.OfAsync(() => VerifyAsync(new VerifyEcvRequest { Environment = new EnvironmentSignals() }));

        refusal.Reason().ShouldBe(ErrorReasons.RateLimited);
    }

    [Fact]
    public async Task Without_consent_a_signal_is_not_even_in_the_value()
    {
        var person = await Person.SignUpAsync(_service, consents: [ConsentPurpose.WifiEnvironment]);

        var computed = await _service.Ecv.ComputeEcvAsync(
            new ComputeEcvRequest { AccountId = person.AccountId, Environment = Surroundings.AtHome() }, _service.AsService);

        computed.Characteristics.Select(present => present.Kind).ShouldBe(["wifi.network", "wifi.scene", "language"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_not_found_and_an_id_of_another_region_says_where_it_lives()
    {
        var missing = await Refusals.OfAsync(() => _service.Ecv.VerifyEcvAsync(
            new VerifyEcvRequest { AccountId = "acc_de_00000000000000000000000000", Environment = new EnvironmentSignals() }, _service.AsService).ResponseAsync);
        var elsewhere = await Refusals.OfAsync(() => _service.Ecv.VerifyEcvAsync(
            new VerifyEcvRequest { AccountId = "acc_us_00000000000000000000000000", Environment = new EnvironmentSignals() }, _service.AsService).ResponseAsync);

        missing.Reason().ShouldBe(ErrorReasons.NotFound);
        elsewhere.Reason().ShouldBe(ErrorReasons.WrongRegion);
    }

    private async Task<ComputeEcvResponse> ComputeAsync(EnvironmentSignals environment) =>
        await _service.Ecv.ComputeEcvAsync(new ComputeEcvRequest { AccountId = _person.AccountId, Environment = environment }, _service.AsService);

    private async Task<VerifyEcvResponse> VerifyAsync(VerifyEcvRequest request)
    {
        request.AccountId = _person.AccountId;
        return await _service.Ecv.VerifyEcvAsync(request, _service.AsService);
    }

    private async Task<IReadOnlyList<string>> RejectionsAsync() =>
        [.. (await _service.Audit.ListEventsAsync(
            new ListEventsRequest { AccountId = _person.AccountId, Types_ = { EventType.EcvRejected } }, _service.AsAdmin))
            .Events.Select(entry => entry.Details["rejection"])];
}
