using System.Net;
using AuthService.Ecv.Places;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Tests.Signals;

public sealed class ConsistencyTests
{
    [Theory]
    [InlineData("DE", "262-01", "de-DE", "DE", NetworkClass.Fixed, SignalConflicts.None)]
    [InlineData("DE", "208-01", "de-DE", "DE", NetworkClass.Fixed, SignalConflicts.Operator)]
    [InlineData("DE", "262-01", "de-DE", "BR", NetworkClass.Fixed, SignalConflicts.Operator | SignalConflicts.Country)]
    [InlineData("FR", "208-01", "de-FR", "DE", NetworkClass.Mobile, SignalConflicts.None)] // roams: out of its home country's network
    [InlineData("DE", "262-01", "de-DE", "NL", NetworkClass.Vpn, SignalConflicts.None)]
    [InlineData("DE", "262-01", "pt-BR", "DE", NetworkClass.Fixed, SignalConflicts.Language)]
    [InlineData("DE", "262-01", "de", "DE", NetworkClass.Fixed, SignalConflicts.None)]
    [InlineData("CH", null, "zh-Hans-CN", "CH", NetworkClass.Unknown, SignalConflicts.Language)]
    [InlineData(null, "901-70", "de-DE", null, NetworkClass.Fixed, SignalConflicts.None)] // a code of no country
    [InlineData(null, "310-410", null, "CA", NetworkClass.Fixed, SignalConflicts.Operator)]
    public void Signals_contradict_each_other(
        string? country, string? @operator, string? language, string? address, NetworkClass network, SignalConflicts expected)
    {
        var signals = World.Parse(new RawSignals { Location = new() { CountryCode = country, MccMnc = @operator, Language = language } });

        Consistency.Find(signals, SignalConsents.All, Observed(address, network)).ShouldBe(expected);
    }

    [Fact]
    public void A_place_far_from_the_addresses_is_a_conflict_unless_the_address_is_nowhere()
    {
        var lisbon = World.Parse(new RawSignals { Location = new() { Latitude = 38.72, Longitude = -9.14, AccuracyM = 20 } });
        ConnectionObservation FromBerlin(NetworkClass network) => Observed(null, network) with { Fix = GeoFix.Of(52.52, 13.4, 20_000) };

        Consistency.Find(lisbon, SignalConsents.All, FromBerlin(NetworkClass.Fixed)).ShouldBe(SignalConflicts.Place);
        Consistency.Find(lisbon, SignalConsents.All, FromBerlin(NetworkClass.Mobile)).ShouldBe(SignalConflicts.None);
        Consistency.Find(World.Parse(World.Phone), SignalConsents.All, FromBerlin(NetworkClass.Fixed)).ShouldBe(SignalConflicts.None);
    }

    [Fact]
    public void What_consent_does_not_cover_is_not_compared()
    {
        var signals = World.Parse(new RawSignals { Location = new() { CountryCode = "FR", MccMnc = "208-01", Latitude = 0, Longitude = 0 } });

        Consistency.Find(signals, SignalConsents.All & ~SignalConsents.Location, Observed("DE", NetworkClass.Fixed)).ShouldBe(SignalConflicts.None);
    }

    [Fact]
    public void Each_conflict_is_four_bits_and_all_are_twelve()
    {
        long Score(SignalConflicts conflicts) =>
            World.Judge(Ecv.Profiles.Profile.Empty, World.Tokenize(new RawSignals()), new CallFacts { Conflicts = conflicts }).ScoreMillibits;

        Score(SignalConflicts.Country).ShouldBe(4_000);
        Score(SignalConflicts.Country | SignalConflicts.Operator).ShouldBe(8_000);
        Score(SignalConflicts.All).ShouldBe(12_000);
    }

    [Fact]
    public void Who_always_speaks_the_language_of_another_country_contradicts_nothing()
    {
        var brazilian = World.Phone with { Location = World.Phone.Location! with { Language = "pt-BR" } };
        var facts = new CallFacts { Conflicts = SignalConflicts.Language };

        World.Judge(World.Taught(3, World.Tokenize(brazilian)), World.Tokenize(brazilian), facts)
            .Evidence.ShouldNotContain(line => line.Code == EvidenceCode.Conflict);
        World.Judge(World.Taught(3, World.Tokenize(World.Phone)), World.Tokenize(brazilian), facts)
            .Line("consistency.language").Millibits.ShouldBe(4_000);
    }

    private static ConnectionObservation Observed(string? country, NetworkClass network) =>
        new() { Peer = IPAddress.Parse("203.0.113.7"), Country = country, NetworkClass = network };
}
