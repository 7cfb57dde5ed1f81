using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;

namespace AuthService.RiskLab.Tests.Contestants;

public class EngineContestantTests
{
    private static readonly RawSignals Phone = new() { Device = new RawDeviceSignals { HardwareId = "h-1", Manufacturer = "samsung" } };

    [Fact]
    public void The_first_key_is_trusted_at_once_and_opens_the_gate()
    {
        var engine = Lab.Engine(keys: true, columnsOnly: false);
        Lab.Play(engine, Lab.Login() with { Signals = Phone, Key = "k1" });

        var judged = engine.Judge(Lab.Login(day: 1) with { Signals = Phone, Key = "k1" });

        (judged.Gate, judged.Decision).ShouldBe((Gate.Key, Decision.Allow));
    }

    [Fact]
    public void Another_key_waits_72_hours_after_the_step_up_that_bound_it()
    {
        var engine = Lab.Engine(keys: true, columnsOnly: false);
        Lab.Play(engine, Lab.Login() with { Key = "k1" }, Lab.Login(peer: "203.0.113.9", day: 1) with { Key = "k2", Completed = true });

        engine.Judge(Lab.Login(day: 3.9) with { Key = "k2" }).Gate.ShouldNotBe(Gate.Key);
        engine.Judge(Lab.Login(day: 4.1) with { Key = "k2" }).Gate.ShouldBe(Gate.Key);
    }

    [Fact]
    public void A_key_that_no_passed_step_up_bound_proves_nothing()
    {
        var engine = Lab.Engine(keys: true, columnsOnly: false);
        Lab.Play(engine, Lab.Login() with { Key = "k1" }, Lab.Login(peer: "203.0.113.9", day: 1) with { Key = "k2", Completed = false });

        engine.Judge(Lab.Login(day: 9) with { Key = "k2" }).Proof.ShouldBe(ProofState.None);
    }

    [Fact]
    public void An_abandoned_step_up_teaches_nothing()
    {
        var (taught, untaught) = (Lab.Engine(), Lab.Engine());
        var elsewhere = Lab.Login(peer: "203.0.113.9", asn: 64_501, country: "SE", day: 1);
        Lab.Play(taught, Lab.Login(), elsewhere with { Completed = true });
        Lab.Play(untaught, Lab.Login(), elsewhere with { Completed = false });

        var again = elsewhere with { Time = Lab.Start.AddDays(2) };
        taught.Judge(again).Score.ShouldBeLessThan(untaught.Judge(again).Score);
    }

    [Fact]
    public void Failures_from_a_network_raise_what_comes_from_it()
    {
        var (calm, busy) = (Lab.Engine(), Lab.Engine());
        Lab.Play(calm, Lab.Login());
        Lab.Play(busy, Lab.Login());
        for (var tries = 0; tries < 30; tries++)
            busy.Fail(Lab.Login(user: $"victim {tries}", day: 1));

        busy.Judge(Lab.Login(day: 1.001)).Score.ShouldBeGreaterThan(calm.Judge(Lab.Login(day: 1.001)).Score + 8);
    }
}
