using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Tests.Profiles;

public sealed class LikenessTests
{
    private static readonly SetMember[] Home = [new(1, 12), new(2, 8), new(3, 4)];

    [Theory]
    [InlineData(CharacteristicKind.WifiScene)]
    [InlineData(CharacteristicKind.AccountCompany)]
    public void A_set_is_wholly_like_itself_and_not_at_all_like_a_stranger(CharacteristicKind kind)
    {
        SetMember[] elsewhere = [new(4, 12), new(5, 8)];

        Likeness.Of(kind, Home, Home).ShouldBe(Likeness.One);
        Likeness.Of(kind, Home, elsewhere).ShouldBe(0U);
    }

    [Fact]
    public void Scenes_compare_by_Sorensen_on_powered_strengths()
    {
        SetMember[] weaker = [new(1, 11), new(2, 8), new(9, 4)];

        // Powers 545+181+28 against 430+181+28; shared 430+181: 2·611/1393.
        Likeness.Of(CharacteristicKind.WifiScene, Home, weaker).ShouldBe((uint)(2 * 611 * 65536L / 1393));
    }

    [Fact]
    public void Sets_of_accounts_compare_by_Jaccard()
    {
        SetMember[] one = [new(1, 1), new(2, 1), new(3, 1)];
        SetMember[] other = [new(2, 1), new(3, 1), new(4, 1)];

        Likeness.Of(CharacteristicKind.AccountCompany, one, other).ShouldBe(Likeness.One / 2);
    }

    [Fact]
    public void A_lost_weak_access_point_costs_less_than_a_lost_strong_one()
    {
        var withoutWeak = Likeness.Of(CharacteristicKind.WifiScene, Home, Home.AsSpan()[..2]);
        var withoutStrong = Likeness.Of(CharacteristicKind.WifiScene, Home, Home.AsSpan()[1..]);

        withoutWeak.ShouldBeGreaterThan(withoutStrong);
    }
}
