using AuthService.Security.Trust;

namespace AuthService.Tests.Security.Trust;

public sealed class NewcomerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Wait = TimeSpan.FromHours(72);

    [Fact]
    public void The_first_guard_of_an_account_counts_at_once() =>
        From(new Newcomer(IsGuarded: false, IsCountersigned: false, null, null)).ShouldBe(Now);

    [Fact]
    public void What_is_added_to_a_guarded_account_waits() =>
        From(new Newcomer(IsGuarded: true, IsCountersigned: false, null, null)).ShouldBe(Now + Wait);

    [Fact]
    public void What_a_guard_countersigned_counts_at_once() =>
        From(new Newcomer(IsGuarded: true, IsCountersigned: true, Now, Now)).ShouldBe(Now);

    [Theory]
    [InlineData(71, true)]
    [InlineData(72, false)]
    public void A_first_one_waits_for_as_long_as_a_guard_was_just_taken_away(int hoursAgo, bool waits) =>
        From(new Newcomer(IsGuarded: false, IsCountersigned: false, Now - TimeSpan.FromHours(hoursAgo), null))
            .ShouldBe(waits ? Now + Wait : Now);

    [Theory]
    [InlineData(71, true)]
    [InlineData(72, false)]
    public void A_first_one_waits_for_as_long_as_the_account_was_just_recovered(int hoursAgo, bool waits) =>
        From(new Newcomer(IsGuarded: false, IsCountersigned: false, null, Now - TimeSpan.FromHours(hoursAgo)))
            .ShouldBe(waits ? Now + Wait : Now);

    private static DateTimeOffset From(Newcomer newcomer) => newcomer.TrustedFrom(Now, Wait);
}
