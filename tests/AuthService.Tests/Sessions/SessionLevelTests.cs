using AuthService.Protocol;
using AuthService.V1;

namespace AuthService.Tests.Sessions;

public sealed class SessionLevelTests(SessionsFixture given) : IClassFixture<SessionsFixture>
{
    private TestService Service => given.Service;

    [Fact]
    public async Task A_session_with_two_factors_is_at_aal2()
    {
        var owner = await Owner.CreateAsync(Service);

        var session = await owner.SignInAsync(FactorKind.Password, FactorKind.Totp);

        session.Aal.ShouldBe(AssuranceLevels.Aal2);
        (await given.ValidateAsync(session.AccessToken, AssuranceLevels.Aal2)).Active.ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_that_was_away_for_an_hour_falls_back_to_aal1_and_stays_there()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync(FactorKind.Password, FactorKind.Totp);
        Service.Clock.Advance(TimeSpan.FromHours(1));

        var back = await given.RefreshAsync(session.RefreshToken);
        var later = await given.RefreshAsync(back.RefreshToken);

        back.Aal.ShouldBe(AssuranceLevels.Aal1);
        later.Aal.ShouldBe(AssuranceLevels.Aal1);
    }

    [Fact]
    public async Task A_busy_session_falls_back_to_aal1_after_a_day()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync(FactorKind.Password, FactorKind.Totp);

        var levels = new List<string>();
        for (var halfHours = 1; halfHours <= 48; halfHours++)
        {
            Service.Clock.Advance(TimeSpan.FromMinutes(30));
            session = await given.RefreshAsync(session.RefreshToken);
            levels.Add(session.Aal);
        }

        levels.Count(level => level == AssuranceLevels.Aal2).ShouldBe(47);
        levels[^1].ShouldBe(AssuranceLevels.Aal1);
    }

    [Fact]
    public async Task A_second_factor_in_the_session_brings_aal2_back()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync(FactorKind.Password, FactorKind.Totp);
        Service.Clock.Advance(TimeSpan.FromHours(2));
        var back = await given.RefreshAsync(session.RefreshToken);

        var renewed = await owner.StepUpAsync(back, FactorKind.Totp);

        renewed.Aal.ShouldBe(AssuranceLevels.Aal2);
    }

    [Fact]
    public async Task What_asks_for_more_than_the_session_has_is_told_so()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync(FactorKind.Password);

        var answer = await given.ValidateAsync(session.AccessToken, AssuranceLevels.Aal2);

        answer.Active.ShouldBeFalse();
        answer.Reason.ShouldBe(InactiveReason.AalTooLow);
        answer.Aal.ShouldBe(AssuranceLevels.Aal1);
    }

    [Fact]
    public async Task An_answer_is_fresh_no_longer_than_its_level_lasts()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync(FactorKind.Password, FactorKind.Totp);
        var lapse = Service.Clock.GetUtcNow() + TimeSpan.FromDays(1);
        for (var minutes = 0; minutes < 24 * 60 - 30; minutes += 30)
        {
            Service.Clock.Advance(TimeSpan.FromMinutes(30));
            session = await given.RefreshAsync(session.RefreshToken);
        }

        Service.Clock.Advance(TimeSpan.FromMinutes(28));
        session = await given.RefreshAsync(session.RefreshToken);
        Service.Clock.Advance(TimeSpan.FromSeconds(115));
        var answer = await given.ValidateAsync(session.AccessToken);

        answer.Aal.ShouldBe(AssuranceLevels.Aal2);
        answer.FreshUntil.ToDateTimeOffset().ShouldBe(lapse);
    }
}
