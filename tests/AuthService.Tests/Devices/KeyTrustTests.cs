using AuthService.Devices;

namespace AuthService.Tests.Devices;

public sealed class KeyTrustTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Probation = TimeSpan.FromHours(72);

    [Fact]
    public void The_first_key_of_an_account_is_trusted_at_once() =>
        From(new NewKeyCase(HasOtherKeys: false, IsCountersigned: false, null, null)).ShouldBe(Now);

    [Fact]
    public void A_further_key_waits() =>
        From(new NewKeyCase(HasOtherKeys: true, IsCountersigned: false, null, null)).ShouldBe(Now + Probation);

    [Fact]
    public void A_further_key_that_was_countersigned_is_trusted_at_once() =>
        From(new NewKeyCase(HasOtherKeys: true, IsCountersigned: true, Now, Now)).ShouldBe(Now);

    [Theory]
    [InlineData(71, true)]
    [InlineData(72, false)]
    public void A_first_key_waits_for_as_long_as_a_key_was_just_taken_away(int hoursAgo, bool waits) =>
        From(new NewKeyCase(HasOtherKeys: false, IsCountersigned: false, Now - TimeSpan.FromHours(hoursAgo), null))
            .ShouldBe(waits ? Now + Probation : Now);

    [Theory]
    [InlineData(71, true)]
    [InlineData(72, false)]
    public void A_first_key_waits_for_as_long_as_the_account_was_just_recovered(int hoursAgo, bool waits) =>
        From(new NewKeyCase(HasOtherKeys: false, IsCountersigned: false, null, Now - TimeSpan.FromHours(hoursAgo)))
            .ShouldBe(waits ? Now + Probation : Now);

    private static DateTimeOffset From(NewKeyCase @case) => KeyTrust.From(@case, Now, Probation);
}
