using System.Net;
using AuthService.Ecv.Places;
using AuthService.Ecv.Signals;
using AuthService.Environments;
using AuthService.Hosting.Network;
using AuthService.Tests.Environments.Addresses;

namespace AuthService.Tests.Environments;

public sealed class ConnectionObserverTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7")]
    [InlineData("::ffff:198.51.100.7", "198.51.100.7")]
    [InlineData("2001:db8:1::7", "2001:db8:1::7")]
    public async Task What_is_known_of_an_address_is_observed_however_it_is_written(string peer, string address)
    {
        (string, object)[] record =
        [
            ("country_code", "DE"), ("asn", "AS64496"), ("connection_type", "Cable/DSL"), ("latitude", 52.52), ("longitude", 13.405), ("radius", 5.0),
        ];
        await using var sources = await new TestSources()
            .With("all.mmdb", new MmdbWriter().Add("198.51.100.0/24", record).Add("2001:db8:1::/48", record))
            .StartAsync();
        GeoFix.TryCreate(52.52, 13.405, 5_000, out var berlin).ShouldBeTrue();

        var observed = new ConnectionObserver(sources.Sources).Observe(
            new ClientNetwork(IPAddress.Parse(peer)), Now, TimeSpan.FromMilliseconds(340));

        observed.ShouldBe(new ConnectionObservation
        {
            Peer = IPAddress.Parse(address),
            Country = "DE",
            Asn = 64_496,
            NetworkClass = NetworkClass.Fixed,
            Fix = berlin,
            RoundTrip = TimeSpan.FromMilliseconds(340),
            Time = Now,
        });
    }

    [Fact]
    public async Task Without_sources_the_address_and_the_time_are_observed()
    {
        await using var sources = await new TestSources().StartAsync();

        var observed = new ConnectionObserver(sources.Sources).Observe(new ClientNetwork(IPAddress.Parse("198.51.100.7")), Now);

        observed.ShouldBe(new ConnectionObservation { Peer = IPAddress.Parse("198.51.100.7"), Time = Now });
    }

    [Fact]
    public async Task Without_a_connection_nothing_is()
    {
        await using var sources = await new TestSources().StartAsync();

        new ConnectionObserver(sources.Sources).Observe(null, Now).ShouldBe(ConnectionObservation.None);
    }
}
