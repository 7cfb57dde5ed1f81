using System.Security.Cryptography;
using System.Text;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Tests.Tokens;

public sealed class TokenizerTests
{
    [Fact]
    public void A_token_is_the_documented_HMAC()
    {
        byte[] key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
        var message = Encoding.UTF8.GetBytes("authservice/ecv/1").Concat(new byte[] { 7, 0, 0, 0, 0, 9 }).Concat(Encoding.UTF8.GetBytes("Linden 12"));

        var token = World.Tokenize(World.Phone)[CharacteristicKind.WifiNetwork, 0];

        token.ToString().ShouldBe(Convert.ToHexStringLower(HMACSHA256.HashData(key, message.ToArray())[..16]));
    }

    [Fact]
    public void Another_account_has_no_token_in_common()
    {
        var mine = World.Tokenize(World.Phone, World.Home);
        var theirs = Tokenizer.Tokenize(World.OtherKey, World.Parse(World.Phone), SignalConsents.All, World.Home);

        mine.CopyTokens().Intersect(theirs.CopyTokens()).ShouldBe([default]);
    }

    [Theory]
    [InlineData(SignalConsents.None, "network.origin language time.habit")]
    [InlineData(SignalConsents.DeviceIdentification, "device.hardware device.name device.model device.os network.origin account.company language time.habit")]
    [InlineData(SignalConsents.WifiEnvironment, "wifi.network wifi.scene network.origin language time.habit")]
    [InlineData(SignalConsents.Location, "place.region place.cell place.geo network.origin language time.habit")]
    public void What_consent_does_not_cover_is_never_tokenised(SignalConsents consents, string kinds)
    {
        var environment = Tokenizer.Tokenize(World.Key, World.Parse(World.Phone), consents, World.Home);

        environment.Characteristics.Select(found => found.Kind).ShouldBe(kinds.Split(' '));
        environment.Neighbourhood.ShouldBe(consents == SignalConsents.Location ? environment.Neighbourhood : null);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.250", true)]
    [InlineData("203.0.113.7", "203.0.112.7", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:ffff::9", true)]
    [InlineData("2001:db8:1::1", "2001:db8:2::1", false)]
    public void An_address_counts_by_its_24_or_48(string one, string other, bool isSame) =>
        (World.Observed(one)[CharacteristicKind.NetworkOrigin, 2] == World.Observed(other)[CharacteristicKind.NetworkOrigin, 2]).ShouldBe(isSame);

    [Theory]
    [InlineData("2026-03-04T10:00:00Z", "2026-03-06T11:59:00Z", true)]
    [InlineData("2026-03-04T10:00:00Z", "2026-03-04T12:00:00Z", false)]
    [InlineData("2026-03-04T10:00:00Z", "2026-03-07T10:00:00Z", false)]
    [InlineData("2026-03-04T10:00:00Z", "2026-03-04T12:30:00+02:00", true)]
    public void Time_counts_by_part_of_the_UTC_day_and_of_the_week(string one, string other, bool isSame)
    {
        Token At(string time) => World.Tokenize(
            new RawSignals(), new ConnectionObservation { Time = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture) })
            [CharacteristicKind.TimeHabit, 0];

        (At(one) == At(other)).ShouldBe(isSame);
    }

    [Fact]
    public void A_city_of_one_name_in_two_countries_is_two_cities()
    {
        Token City(string country) => World.Tokenize(
            new RawSignals { Location = new() { CountryCode = country, CityCode = "Frankfurt" } })[CharacteristicKind.PlaceRegion, 1];

        City("DE").ShouldNotBe(City("US"));
    }

    [Fact]
    public void An_observation_joins_a_decoded_environment_as_if_it_had_been_there()
    {
        var later = Tokenizer.AddObservation(World.Key, World.Tokenize(World.Phone), World.Home);

        later.CopyTokens().ShouldBe(World.Tokenize(World.Phone, World.Home).CopyTokens());
        later.NetworkClass.ShouldBe(NetworkClass.Fixed);
    }

    [Fact]
    public void A_later_observation_leaves_nothing_of_an_earlier_one()
    {
        var observed = World.Tokenize(World.Phone, World.Home);

        Tokenizer.AddObservation(World.Key, observed, ConnectionObservation.None).CopyTokens().ShouldBe(World.Tokenize(World.Phone).CopyTokens());
    }

    [Fact]
    public void A_masked_version_tells_only_differences()
    {
        ulong Masked(string version, EcvKey key) => Tokenizer.Tokenize(
            key, World.Parse(new RawSignals { Device = new() { OsName = "iOS", OsVersion = version } }), SignalConsents.All, ConnectionObservation.None)
            .MaskedOsVersion!.Value;

        unchecked(Masked("18.2", World.Key) - Masked("18.1", World.Key)).ShouldBe(1UL << 32);
        unchecked(Masked("18.2", World.OtherKey) - Masked("18.1", World.OtherKey)).ShouldBe(1UL << 32);
        Masked("18.1", World.Key).ShouldNotBe(Masked("18.1", World.OtherKey));
    }

    [Fact]
    public void The_population_counts_values_with_their_parents_and_never_what_is_unique()
    {
        var counted = Tokenizer.TokenizeForPopulation(World.OtherKey, World.Parse(World.Phone), SignalConsents.All, World.Home);

        counted.Select(token => (token.Kind, token.Level)).ShouldBe([
            (CharacteristicKind.DeviceName, 0), (CharacteristicKind.DeviceModel, 0), (CharacteristicKind.DeviceModel, 1),
            (CharacteristicKind.DeviceOs, 0), (CharacteristicKind.DeviceOs, 1), (CharacteristicKind.DeviceOs, 2), (CharacteristicKind.WifiNetwork, 0),
            (CharacteristicKind.PlaceRegion, 0), (CharacteristicKind.PlaceRegion, 1), (CharacteristicKind.PlaceCell, 0),
            (CharacteristicKind.NetworkOrigin, 0), (CharacteristicKind.NetworkOrigin, 1), (CharacteristicKind.NetworkOrigin, 2),
            (CharacteristicKind.Language, 0), (CharacteristicKind.TimeHabit, 0)]);
        counted.Single(token => token is { Kind: CharacteristicKind.NetworkOrigin, Level: 2 }).Parent
            .ShouldBe(counted.Single(token => token is { Kind: CharacteristicKind.NetworkOrigin, Level: 1 }).Token);
    }

    [Fact]
    public void A_disposed_key_makes_no_more_tokens()
    {
        var key = new EcvKey(new byte[32]);
        key.Dispose();

        Should.Throw<ObjectDisposedException>(() => Tokenizer.Tokenize(key, CanonicalSignals.Empty, SignalConsents.All, ConnectionObservation.None));
        key.ToString().ShouldBe("[secret]");
    }
}
