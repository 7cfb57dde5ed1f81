using AuthService.Ecv.Risk;

namespace AuthService.Ecv.Tests.Risk;

public sealed class RiskEngineTests
{
    // Design.md §5: twelve logins from one home /24; P(country)=.43, P(ASN|country)=.33, P(/24|ASN)=.0028.
    [Theory]
    [InlineData("the same /24", "203.0.113.200", "DE", 3320, -11.18)]
    [InlineData("a new /24 of the same ASN", "198.51.100.1", "DE", 3320, 0.96)]
    [InlineData("a new ASN in the same country", "198.51.100.1", "DE", 6805, 6.25)]
    [InlineData("a new country", "198.51.100.1", "FR", 3215, 11.10)]
    public void Twelve_logins_from_one_home_price_an_origin_as_the_design_says(
        string origin, string peer, string country, uint asn, double expectedBits)
    {
        var profile = World.Taught(12, World.Observed("203.0.113.7"));

        var verdict = World.Judge(profile, World.Observed(peer, country, asn));

        (verdict.Line("network.origin").Millibits / 1000.0).ShouldBe(expectedBits, 0.01, origin);
    }
}
