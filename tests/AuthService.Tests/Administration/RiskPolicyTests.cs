using AuthService.Protocol;
using AuthService.Risk;
using AuthService.Storage;
using AuthService.Tests.Risk;
using AuthService.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Administration;

public sealed class RiskPolicyTests : IAsyncLifetime
{
    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Until_somebody_changes_it_the_built_in_policy_is_in_force()
    {
        var revision = await _service.PolicyAsync();

        (revision.Policy.Version, revision.InForce, revision.AuthorCredentialId).ShouldBe(("1", true, ""));
        (revision.Policy.AllowBelow, revision.Policy.DenyFrom).ShouldBe((-12_000, 48_000));
    }

    [Fact]
    public async Task A_change_counts_from_its_answer_on()
    {
        var person = await Person.SignUpAsync(_service);
        var before = await JudgeAsync(person);

        await _service.ChangePolicyAsync(new RiskPolicy { DenyFrom = 500 });
        var after = await JudgeAsync(person);

        (before.Decision, before.PolicyVersion).ShouldBe((Decision.StepUp, "1"));
        (after.Decision, after.PolicyVersion).ShouldBe((Decision.Deny, "2"));
        after.ScoreMillibits.ShouldBe(before.ScoreMillibits);
    }

    [Fact]
    public async Task The_history_keeps_every_version_with_its_author_and_reason()
    {
        await _service.ChangePolicyAsync(new RiskPolicy { AllowBelow = -13_000 });
        await _service.ChangePolicyAsync(new RiskPolicy { AllowBelow = -14_000 });

        var second = await _service.PolicyAsync("2");
        var third = await _service.PolicyAsync("3");

        (second.Policy.AllowBelow, second.InForce, second.Reason).ShouldBe((-13_000, false, "A test wants it so."));
        (third.Policy.AllowBelow, third.InForce).ShouldBe((-14_000, true));
        second.AuthorCredentialId.ShouldNotBeEmpty();
        second.CreateTime.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("4")]
    [InlineData("01")]
    [InlineData("-1")]
    [InlineData("one")]
    public async Task A_version_that_never_was_is_not_found(string version) =>
        (await Refusals.OfAsync(() => _service.PolicyAsync(version))).Reason().ShouldBe(ErrorReasons.NotFound);

    [Fact]
    public async Task Of_two_changes_to_one_version_the_second_is_refused_and_told_which_is_in_force()
    {
        await _service.ChangePolicyAsync(new RiskPolicy { AllowBelow = -13_000 });

        var late = await Refusals.OfAsync(UpdateAsync(new RiskPolicy { AllowBelow = -14_000 }, expected: "1"));
        var never = await Refusals.OfAsync(UpdateAsync(new RiskPolicy { AllowBelow = -14_000 }, expected: "9"));

        late.StatusCode.ShouldBe(StatusCode.Aborted);
        late.Reason().ShouldBe(ErrorReasons.VersionConflict);
        late.Message.ShouldContain("Version 2 is in force");
        never.Reason().ShouldBe(ErrorReasons.VersionConflict);
        (await _service.PolicyAsync()).Policy.AllowBelow.ShouldBe(-13_000);
    }

    [Fact]
    public async Task The_same_request_again_changes_nothing_and_gets_the_same_answer()
    {
        var first = await UpdateAsync(new RiskPolicy { AllowBelow = -13_000 }, requestId: "tighten");
        var again = await UpdateAsync(new RiskPolicy { AllowBelow = -13_000 }, requestId: "tighten");

        again.ShouldBe(first);
        (await _service.PolicyAsync()).Policy.Version.ShouldBe("2");
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_by_field()
    {
        var change = RiskPolicy.Parser.ParseJson(
            """
            {
              "denyFrom": 2000000, "place": { "doubt": -2000000 },
              "stepUp": { "bands": [ { "fromScore": 5, "factors": [ "FACTOR_KIND_TOTP" ] }, { "fromScore": 5, "factors": [ "FACTOR_KIND_PASSKEY" ] } ] },
              "services": { "services": [ { "service": "Shop" }, { "service": "bank" }, { "service": "bank" } ] }
            }
            """);

        var refusal = await Refusals.OfAsync(UpdateAsync(change));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().ShouldBe(
        [
            "policy.deny_from", "policy.place.doubt", "policy.step_up.bands[1].from_score", "policy.step_up.bands[1].factors",
            "policy.services.services[0].service", "policy.services.services[2].service",
        ]);
    }

    [Fact]
    public async Task A_policy_that_contradicts_itself_is_refused_by_field()
    {
        var thresholds = await Refusals.OfAsync(UpdateAsync(new RiskPolicy { DenyFrom = -13_000 }));
        var margins = await Refusals.OfAsync(UpdateAsync(new RiskPolicy { AllowBelow = -11_000 }));
        var weight = await Refusals.OfAsync(UpdateAsync(new RiskPolicy { FamiliarAfterDays = 3 }));
        var service = await Refusals.OfAsync(UpdateAsync(RiskPolicy.Parser.ParseJson(
            """{ "services": { "services": [ { "service": "shop", "denyFrom": -13000 } ] } }""")));

        thresholds.Fields().ShouldBe(["policy.allow_below"]);
        margins.Fields().ShouldBe(["policy.familiar_network_margin", "policy.device_token_elsewhere_margin"]);
        weight.Fields().ShouldBe(["policy.familiar_after_days"]);
        service.Fields().ShouldBe(["policy.services"]);
    }

    [Fact]
    public async Task Reading_and_changing_are_events_that_say_who_and_what()
    {
        await _service.ChangePolicyAsync(new RiskPolicy { AllowBelow = -13_000, MonitorOnly = true });

        var changed = (await _service.EventsAsync(EventType.RiskPolicyUpdated)).ShouldHaveSingleItem();
        var read = (await _service.EventsAsync(EventType.RiskPolicyRead)).ShouldHaveSingleItem();

        changed.Caller.ShouldBe("service:bootstrap-admin");
        changed.Details["changed"].ShouldBe("allow_below monitor_only");
        (changed.Details["previous"], changed.Details["version"]).ShouldBe(("1", "2"));
        read.Details["version"].ShouldBe("1");
    }

    [Fact]
    public async Task It_takes_its_own_scope()
    {
        var refusal = await Refusals.OfAsync(_service.Admin.GetRiskPolicyAsync(new GetRiskPolicyRequest(), _service.AsService));

        refusal.Reason().ShouldBe(ErrorReasons.ScopeRequired);
    }

    [Fact]
    public async Task Another_replica_goes_by_a_change_within_a_second()
    {
        var database = _service.Services.GetRequiredService<Database>();
        var other = new RiskPolicies(_service.Clock);
        var before = await InForceAsync();

        await _service.ChangePolicyAsync(new RiskPolicy { AllowBelow = -13_000 });
        var believed = await InForceAsync();
        _service.Clock.Advance(RiskPolicies.BelievedFor);
        var after = await InForceAsync();

        (before, believed, after).ShouldBe(("1", "1", "2"));

        Task<string> InForceAsync() => database.ReadAsync(
            async rows => (await other.InForceAsync(rows, CancellationToken.None)).Version, CancellationToken.None);
    }

    [Fact]
    public async Task A_change_outlives_the_process()
    {
        var folder = Directory.CreateTempSubdirectory("authservice-policy-");
        await using (var first = await TestService.StartAsync(data: folder.FullName))
            await first.ChangePolicyAsync(new RiskPolicy { AllowBelow = -13_000 });

        await using (var second = await TestService.StartAsync(data: folder.FullName))
            (await second.PolicyAsync()).Policy.AllowBelow.ShouldBe(-13_000);
        folder.Delete(recursive: true);
    }

    private AsyncUnaryCall<UpdateRiskPolicyResponse> UpdateAsync(RiskPolicy change, string expected = "1", string requestId = "") =>
        _service.Admin.UpdateRiskPolicyAsync(
            new UpdateRiskPolicyRequest { Policy = change, ExpectedVersion = expected, RequestId = requestId, Reason = "A test wants it so." },
            _service.AsAdmin);

    private async Task<RiskVerdict> JudgeAsync(Person person) => (await _service.Ecv.VerifyEcvAsync(
        new VerifyEcvRequest { AccountId = person.AccountId, Environment = Surroundings.Abroad(), PeerAddress = "203.0.113.7" },
        _service.AsService)).Verdict;
}
