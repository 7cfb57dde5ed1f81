using AuthService.Protocol;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Tests.Risk;

public sealed class ExplainVerdictTests : IAsyncLifetime
{
    private const string Abroad = "203.0.113.7";

    private TestService _service = null!;
    private Person _person = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.StartAsync();
        _person = await Person.SignUpAsync(_service);
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_denied_login_is_explained_by_the_policy_that_denied_it()
    {
        await _service.ChangePolicyAsync(new RiskPolicy { DenyFrom = 500 });
        var verdictId = await DeniedAsync();
        await _service.ChangePolicyAsync(new RiskPolicy { DenyFrom = 48_000 });

        var own = await ExplainAsync(verdictId);
        var present = await ExplainAsync(verdictId, PolicyChoice.Present);

        (own.Verdict.Decision, own.Verdict.PolicyVersion, own.AsRecorded).ShouldBe((Decision.Deny, "2", true));
        own.Recorded.Decision.ShouldBe(Decision.Deny);
        (own.EventType, own.AccountId).ShouldBe((EventType.LoginDenied, _person.AccountId));
        (own.DenyFromMillibits, own.ToDenyMillibits).ShouldBe((500, 500 - own.Verdict.ScoreMillibits));
        (present.Verdict.Decision, present.Verdict.PolicyVersion, present.AsRecorded).ShouldBe((Decision.StepUp, "3", false));
        present.Recorded.ShouldBe(own.Recorded);
    }

    [Fact]
    public async Task It_says_what_would_have_changed_it()
    {
        var verdictId = await SteppedUpAsync();

        var explained = await ExplainAsync(verdictId);

        var proof = explained.Counterfactuals.Single(instead => instead.Change == Change.ProofValid);
        (proof.Gate, proof.ScoreMillibits).ShouldBe((Gate.Key, explained.Verdict.ScoreMillibits - 24_000));
        explained.Counterfactuals.ShouldContain(instead => instead.Change == Change.DeviceToken && instead.Gate == Gate.DeviceToken);
        explained.Counterfactuals.ShouldContain(instead => instead.Change == Change.FamiliarNetwork && instead.Gate == Gate.FamiliarNetwork);
        explained.Counterfactuals.ShouldContain(instead => instead.Change == Change.GroupKnown && instead.Subject == "device"
            && instead.ScoreMillibits < explained.Verdict.ScoreMillibits);
        explained.ToAllowMillibits.ShouldBe(explained.Verdict.ScoreMillibits + 12_001);
    }

    [Fact]
    public async Task It_is_judged_again_and_not_read_off_the_log()
    {
        var verdictId = await SteppedUpAsync();
        await _service.ChangePolicyAsync(new RiskPolicy { Device = new GroupCaps { Doubt = 0 } });

        var own = await ExplainAsync(verdictId);
        var present = await ExplainAsync(verdictId, PolicyChoice.Present);

        own.Verdict.Evidence.ShouldContain(line => line.Group == "device" && line.Millibits > 0);
        present.Verdict.Evidence.ShouldNotContain(line => line.Group == "device" && line.Millibits > 0);
        present.Verdict.ScoreMillibits.ShouldBeLessThan(own.Verdict.ScoreMillibits);
    }

    [Fact]
    public async Task A_verdict_for_a_service_is_explained_by_the_thresholds_of_that_service()
    {
        await _service.ChangePolicyAsync(RiskPolicy.Parser.ParseJson(
            """{ "services": { "services": [ { "service": "bootstrap-service", "denyFrom": 500 } ] } }"""));

        var asked = await VerifyAsync(_service.AsService);
        var other = await VerifyAsync(_service.AsAdmin);
        var explained = await ExplainAsync(asked.VerdictId);

        (asked.Decision, other.Decision).ShouldBe((Decision.Deny, Decision.StepUp));
        (explained.AsRecorded, explained.DenyFromMillibits).ShouldBe((true, 500));
    }

    [Fact]
    public async Task A_completed_step_up_does_not_hide_the_verdict_that_it_followed()
    {
        var stepUp = (await _person.LoginFromAsync(Abroad, Surroundings.Abroad())).StepUp;
        await _person.CompleteAsync(stepUp, Abroad);
        var completed = (await _service.EventsAsync(EventType.StepUpCompleted, _person.AccountId)).ShouldHaveSingleItem();

        var explained = await ExplainAsync(completed.VerdictId);

        explained.EventType.ShouldBe(EventType.StepUpRequired);
    }

    [Fact]
    public async Task Who_asked_is_in_the_log()
    {
        var verdictId = await SteppedUpAsync();

        await ExplainAsync(verdictId);

        var told = (await _service.EventsAsync(EventType.VerdictExplained, _person.AccountId)).ShouldHaveSingleItem();
        (told.VerdictId, told.Caller).ShouldBe((verdictId, "service:bootstrap-service"));
    }

    [Fact]
    public async Task A_verdict_that_never_was_is_not_found()
    {
        var refusal = await Refusals.OfAsync(() => ExplainAsync("vrd_00000000000000000000000000000000"));

        refusal.Reason().ShouldBe(ErrorReasons.NotFound);
    }

    [Fact]
    public async Task An_account_is_explained_no_more_often_than_it_is_judged()
    {
        var verdictId = await SteppedUpAsync();
        for (var number = 0; number < 60; number++)
            await ExplainAsync(verdictId);

        var refusal = await Refusals.OfAsync(() => ExplainAsync(verdictId));

        refusal.Reason().ShouldBe(ErrorReasons.RateLimited);
    }

    private async Task<ExplainVerdictResponse> ExplainAsync(string verdictId, PolicyChoice policy = PolicyChoice.Own) =>
        await _service.Ecv.ExplainVerdictAsync(new ExplainVerdictRequest { VerdictId = verdictId, Policy = policy }, _service.AsService);

    private async Task<string> DeniedAsync()
    {
        await Refusals.OfAsync(() => _person.LoginFromAsync(Abroad, Surroundings.Abroad()));
        return (await _service.EventsAsync(EventType.LoginDenied, _person.AccountId))[0].VerdictId;
    }

    private async Task<string> SteppedUpAsync()
    {
        await _person.LoginFromAsync(Abroad, Surroundings.Abroad());
        return (await _service.EventsAsync(EventType.StepUpRequired, _person.AccountId))[0].VerdictId;
    }

    private async Task<RiskVerdict> VerifyAsync(Metadata caller) => (await _service.Ecv.VerifyEcvAsync(
        new VerifyEcvRequest { AccountId = _person.AccountId, Environment = Surroundings.Abroad(), PeerAddress = Abroad }, caller)).Verdict;
}
