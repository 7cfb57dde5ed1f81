using System.Net;
using AuthService.Ecv.Signals;
using AuthService.Environments.Addresses;
using AuthService.Tests.Security.Keys;
using CsCheck;

namespace AuthService.Tests.Environments.Addresses;

public sealed class PrefixFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("classes.txt");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("203.0.113.7", NetworkClass.Hosting)]
    [InlineData("203.0.113.200", NetworkClass.Vpn)]
    [InlineData("203.0.113.255", NetworkClass.Fixed)]
    [InlineData("198.51.100.7", NetworkClass.Satellite)]
    [InlineData("2001:db8::1", NetworkClass.Relay)]
    [InlineData("2001:db8:ffff::1", NetworkClass.Mobile)]
    [InlineData("2001:db9::1", NetworkClass.Unknown)]
    public void The_longest_prefix_that_holds_an_address_speaks_for_it(string address, NetworkClass network)
    {
        var classes = Read(
            "# our list", "", "0.0.0.0/0 satellite", "203.0.113.128/25\tvpn  # an exit", "  203.0.113.0/24   hosting", "203.0.113.255/32 fixed",
            "2001:db8::/32 relay", "2001:db8:ffff::/48 mobile", "2001:db8:fffe::/48 cgnat").Value.ShouldNotBeNull();

        classes.Of(IPAddress.Parse(address)).ShouldBe(network);
        classes.Count.ShouldBe(7);
    }

    [Fact]
    public void It_answers_as_trying_every_prefix_would()
    {
        var networks = Gen.Select(Gen.Byte, Gen.Int[0, 32], Gen.OneOf(NetworkClass.Vpn, NetworkClass.Hosting, NetworkClass.Fixed))
            .Select((value, length, network) => (Network: Network(value, length), Class: network));

        Gen.Select(networks.List[0, 30], Gen.Byte).Sample((listed, value) =>
        {
            var known = listed.DistinctBy(one => one.Network).ToList();
            var address = Address(value);
            var longest = known.Where(one => one.Network.Contains(address)).OrderByDescending(one => one.Network.PrefixLength).FirstOrDefault();
            return new PrefixClasses(known, default).Of(address) == longest.Class;
        });
    }

    [Fact]
    public void Every_problem_is_told_with_its_line()
    {
        var reading = Read(
            "203.0.113.0/24 hosting", "203.0.113.0 hosting", "203.0.113.0/33 hosting", "somewhere vpn", "198.51.100.0/24 cloud", "198.51.100.0/24",
            "203.0.113.0/24 vpn", "203.0.113.0/24 hosting", "::ffff:203.0.113.0/120 vpn", "203.0.113.7/8 vpn");

        reading.Value.ShouldBeNull();
        reading.Problems.ShouldBe(
        [
            $"{Path}, line 2: '203.0.113.0' is no network in CIDR notation.",
            $"{Path}, line 3: '203.0.113.0/33' is no network in CIDR notation.",
            $"{Path}, line 4: 'somewhere' is no network in CIDR notation.",
            $"{Path}, line 5: 'cloud' is none of fixed, mobile, cgnat, hosting, vpn, relay, satellite.",
            $"{Path}, line 6: must be a network and a class.",
            $"{Path}, line 7: 203.0.113.0/24 has another class further up.",
            $"{Path}, line 9: '::ffff:203.0.113.0/120' is no network in CIDR notation.",
            $"{Path}, line 10: '203.0.113.7/8' has bits beyond its prefix; is 203.0.0.0/8 meant?",
        ]);
    }

    [Fact]
    public void Of_a_file_that_is_something_else_ten_problems_are_told() =>
        Read([.. Enumerable.Repeat("\u0001\u0002\u0003", 1000)]).Problems.Count.ShouldBe(10);

    [Fact]
    public void A_list_without_end_is_refused()
    {
        var reading = Read([.. Enumerable.Range(0, PrefixFile.MaxNetworks + 5).Select(number => $"2001:db8:{number >> 16:x}:{number & 0xffff:x}::/64 vpn")]);

        reading.Problems.ShouldBe([$"{Path} has more than 500000 networks."]);
    }

    [Theory]
    [InlineData("100.64.0.1", NetworkClass.CarrierGradeNat)]
    [InlineData("100.127.255.255", NetworkClass.CarrierGradeNat)]
    [InlineData("100.128.0.1", NetworkClass.Unknown)]
    public void Carriers_own_networks_are_known_without_being_told(string address, NetworkClass network) =>
        PrefixClasses.BuiltIn.Of(IPAddress.Parse(address)).ShouldBe(network);

    private SourceReading<PrefixClasses> Read(params string[] lines)
    {
        File.WriteAllLines(Path, lines);
        return PrefixFile.Read(Path);
    }

    /// <summary>Few values, so that prefixes hold each other.</summary>
    private static IPAddress Address(byte value) => new([(byte)(value >> 6), (byte)(value >> 4), (byte)(value >> 2), value]);

    private static IPNetwork Network(byte value, int length)
    {
        var bytes = Address(value).GetAddressBytes();
        for (var bit = length; bit < 32; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), length);
    }
}
