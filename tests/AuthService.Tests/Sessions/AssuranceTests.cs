using AuthService.Protocol;
using AuthService.Sessions;
using AuthService.Storage.Rows;
using AuthService.V1;
using static AuthService.V1.FactorKind;

namespace AuthService.Tests.Sessions;

public sealed class AssuranceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false, Password)]
    [InlineData(false, EmailCode)]
    [InlineData(false, Password, EmailCode)]
    [InlineData(false, DeviceKey)]
    [InlineData(false, DeviceKey, EmailCode)]
    [InlineData(false, DeviceKey, Totp)]
    [InlineData(true, Password, Totp)]
    [InlineData(true, Password, RecoveryCode)]
    [InlineData(true, Password, SmsCode)]
    [InlineData(true, Password, DeviceKey)]
    [InlineData(true, Password, EmailCode, DeviceKey)]
    public void Two_factors_are_the_password_and_a_thing_held(bool expected, params FactorKind[] passed)
    {
        Assurance.AreTwoFactors(FactorSet.Of(passed)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("0:00:00", "0:00:00", "aal2")]
    [InlineData("0:59:59", "0:00:00", "aal2")]
    [InlineData("1:00:00", "0:00:00", "aal1")] // idle
    [InlineData("23:59:59", "23:30:00", "aal2")]
    [InlineData("1.00:00:00", "23:59:00", "aal1")] // a day, however busy
    public void Aal2_lasts_a_day_and_an_hour_without_activity(string now, string refreshed, string expected)
    {
        var until = Assurance.Aal2Until(FactorSet.Of(Password, Totp), Start, Start + TimeSpan.Parse(refreshed, null));

        Assurance.LevelAt(until, Start + TimeSpan.Parse(now, null)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(new[] { Password }, new[] { "pwd", "rba" })]
    [InlineData(new[] { Password, EmailCode }, new[] { "pwd", "otp", "rba" })]
    [InlineData(new[] { Password, Totp }, new[] { "pwd", "otp", "mfa", "rba" })]
    [InlineData(new[] { Password, SmsCode }, new[] { "pwd", "sms", "mfa", "rba" })]
    [InlineData(new[] { Password, DeviceKey }, new[] { "pwd", "swk", "mfa", "rba" })]
    [InlineData(new[] { DeviceKey }, new[] { "swk", "rba" })]
    public void Amr_names_what_was_passed(FactorKind[] passed, string[] expected)
    {
        FactorSet.Of(passed).Methods(judged: true).ShouldBe(expected);
    }

    [Theory]
    [InlineData(Totp, false, true)]
    [InlineData(SmsCode, false, true)]
    [InlineData(EmailCode, false, false)]
    [InlineData(Password, false, false)] // one factor, with a token that may be stolen
    [InlineData(Password, true, true)] // with a key that proves every call
    public void An_aal2_that_lapsed_comes_back_with_the_factor_held(FactorKind again, bool keyBound, bool expected)
    {
        var session = new SessionRow
        {
            Id = "", AccountId = "", CurrentHash = [],
            DeviceId = keyBound ? "device" : null,
            Factors = FactorSet.Of(keyBound ? [Password, DeviceKey] : [Password, Totp]).Bits,
            SecondFactorAt = null,
            RefreshedAt = Start,
        };

        PassedFactor.Note(session, again, Start);

        var until = Assurance.Aal2Until(new FactorSet(session.Factors), session.SecondFactorAt, session.RefreshedAt);
        Assurance.LevelAt(until, Start).ShouldBe(expected ? AssuranceLevels.Aal2 : AssuranceLevels.Aal1);
    }

    [Fact]
    public void A_key_on_probation_does_not_bring_aal2_back_with_the_password()
    {
        var session = new SessionRow
        {
            Id = "", AccountId = "", CurrentHash = [],
            DeviceId = "device",
            Factors = FactorSet.Of(Password, Totp).Bits,
            SecondFactorAt = null,
            RefreshedAt = Start,
        };

        PassedFactor.Note(session, Password, Start);

        session.SecondFactorAt.ShouldBeNull();
    }
}
