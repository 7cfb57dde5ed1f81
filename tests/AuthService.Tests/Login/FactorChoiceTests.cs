using AuthService.Login;
using AuthService.Risk;
using static AuthService.V1.FactorKind;

namespace AuthService.Tests.Login;

public sealed class FactorChoiceTests
{
    private static readonly StepUpDemand Strong = new([Totp, RecoveryCode, DeviceKey], Relay: false);
    private static readonly StepUpDemand Relay = new([EmailCode, Totp, DeviceKey], Relay: true);

    [Fact]
    public void Where_nothing_was_judged_any_factor_will_do() =>
        FactorChoice.Of([EmailCode, Totp], keyHelps: true, demand: null, weakerIfNone: false).Allowed.ShouldBe([EmailCode, Totp, DeviceKey]);

    [Fact]
    public void Who_has_a_strong_factor_shows_it() =>
        FactorChoice.Of([EmailCode, Totp], keyHelps: false, Strong, weakerIfNone: true).Allowed.ShouldBe([Totp]);

    [Fact]
    public void Who_has_none_may_show_what_he_has_and_is_told_what_is_missing()
    {
        var choice = FactorChoice.Of([EmailCode], keyHelps: false, Strong, weakerIfNone: true);

        choice.Allowed.ShouldBe([EmailCode]);
        choice.Missing.ShouldBe([Totp, RecoveryCode, DeviceKey]);
    }

    [Fact]
    public void Or_nothing_if_the_policy_is_strict()
    {
        var choice = FactorChoice.Of([EmailCode], keyHelps: false, Strong, weakerIfNone: false);

        choice.Allowed.ShouldBeEmpty();
        choice.Missing.ShouldBe([Totp, RecoveryCode, DeviceKey]);
    }

    [Fact]
    public void A_key_alone_does_not_lock_out_who_lost_it()
    {
        var choice = FactorChoice.Of([EmailCode], keyHelps: true, Strong, weakerIfNone: true);

        choice.Allowed.ShouldBe([EmailCode, DeviceKey]);
        choice.Missing.ShouldBeEmpty();
    }

    [Fact]
    public void Against_a_relay_only_the_key_will_do_however_strict_the_policy()
    {
        FactorChoice.Of([EmailCode, Totp], keyHelps: true, Relay, weakerIfNone: true).Allowed.ShouldBe([DeviceKey]);
        FactorChoice.Of([EmailCode, Totp], keyHelps: true, Relay, weakerIfNone: false).Allowed.ShouldBe([DeviceKey]);
    }

    [Fact]
    public void An_account_without_a_key_goes_by_its_band_even_then() =>
        FactorChoice.Of([EmailCode, Totp], keyHelps: false, Relay, weakerIfNone: true).Allowed.ShouldBe([EmailCode, Totp]);

    [Fact]
    public void An_account_whose_every_factor_is_held_back_is_not_told_to_get_another() =>
        FactorChoice.Of([], keyHelps: false, Strong, weakerIfNone: true).Missing.ShouldBeEmpty();
}
