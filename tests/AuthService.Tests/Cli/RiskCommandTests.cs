using System.Text.Json.Nodes;
using AuthService.Tests.Risk;
using AuthService.V1;

namespace AuthService.Tests.Cli;

public sealed class RiskCommandTests : IAsyncLifetime
{
    private const string Abroad = "203.0.113.7";

    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_verdict_is_explained_in_a_table_that_people_read()
    {
        var verdictId = await SteppedUpAsync(await Person.SignUpAsync(_service));

        var run = await AuthCtlRun.OnAsync(_service, "risk", "explain", verdictId);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("STEP_UP at +");
        run.Output.ShouldContain("│█");
        run.Output.ShouldContain("device.hardware");
        run.Output.ShouldContain("a bound key had signed the call");
    }

    [Fact]
    public async Task And_in_JSON_for_programs()
    {
        var verdictId = await SteppedUpAsync(await Person.SignUpAsync(_service));

        var run = await AuthCtlRun.OnAsync(_service, "risk", "explain", verdictId, "--present", "--json");

        run.Json["asRecorded"]!.GetValue<bool>().ShouldBeTrue();
        run.Json["counterfactuals"]!.AsArray().Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task A_policy_goes_out_as_a_file_and_comes_back_changed()
    {
        var got = await AuthCtlRun.OnAsync(_service, "risk", "policy", "get");
        var policy = JsonNode.Parse(got.Output)!;
        policy["allowBelow"] = -13_000;
        var set = await SetAsync(policy.ToJsonString());

        var history = await AuthCtlRun.OnAsync(_service, "risk", "policy", "history", "--json");

        set.ExitCode.ShouldBe(0, set.Error);
        (await _service.PolicyAsync()).Policy.AllowBelow.ShouldBe(-13_000);
        var change = history.Json.AsArray().ShouldHaveSingleItem()!;
        (change["version"]!.GetValue<string>(), change["reason"]!.GetValue<string>()).ShouldBe(("2", "tried out"));
        change["changed"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("allow_below");
    }

    [Fact]
    public async Task A_file_that_somebody_overtook_undoes_nothing()
    {
        await _service.ChangePolicyAsync(new RiskPolicy { AllowBelow = -13_000 });

        var late = await SetAsync("""{ "version": "1", "allowBelow": -14000 }""");

        late.ExitCode.ShouldBe(1);
        late.Error.ShouldStartWith("VERSION_CONFLICT: Version 2");
    }

    [Theory]
    [InlineData("""{ "allowBelow": -8000 }""", "names no version")]
    [InlineData("""{ "version": "1", "alowBelow": -8000 }""", "alowBelow")]
    [InlineData("no JSON", "")]
    public async Task What_is_no_policy_is_told_before_anything_is_called(string text, string told)
    {
        var run = await SetAsync(text);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(told);
        (await _service.PolicyAsync()).Policy.Version.ShouldBe("1");
    }

    [Fact]
    public async Task A_fit_reads_the_deployments_own_logins_and_changes_nothing()
    {
        var person = await Person.SignUpAsync(_service, rememberDevice: true);
        var token = person.Session.DeviceToken;
        for (var login = 0; login < 3; login++)
            token = (await person.LoginFromAsync(person.Home, deviceToken: token)).Session.DeviceToken;
        await person.CompleteAsync((await person.LoginFromAsync(Abroad, Surroundings.Abroad())).StepUp, Abroad);
        await SteppedUpAsync(person, "192.0.2.44");

        var run = await AuthCtlRun.OnAsync(_service, "risk", "fit", "--budget", "40%", "--days", "3650", "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        (run.Json["honest_logins"]!.GetValue<int>(), run.Json["step_ups_given_up"]!.GetValue<int>()).ShouldBe((4, 1));
        run.Json["stepped_up_then"]!.GetValue<string>().ShouldBe("25.00 %");
        run.Json["policy"]!["version"]!.GetValue<string>().ShouldBe("1");
        run.Json["warnings"]!.AsArray().ShouldNotBeEmpty();
        (await _service.PolicyAsync()).Policy.Version.ShouldBe("1");
    }

    [Fact]
    public async Task Where_nothing_can_be_fitted_it_says_so()
    {
        var run = await AuthCtlRun.OnAsync(_service, "risk", "fit");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldStartWith("Nothing to fit");
    }

    private async Task<AuthCtlRun> SetAsync(string policy)
    {
        var path = Path.Combine(_service.DataPath, "policy.json");
        await File.WriteAllTextAsync(path, policy);
        return await AuthCtlRun.OnAsync(_service, "risk", "policy", "set", path, "--reason", "tried out");
    }

    private async Task<string> SteppedUpAsync(Person person, string from = Abroad)
    {
        await person.LoginFromAsync(from, Surroundings.Abroad());
        return (await _service.EventsAsync(EventType.StepUpRequired, person.AccountId))[0].VerdictId;
    }
}
