using System.Net;
using AuthService.Environments.Addresses;
using AuthService.Tests.Security.Keys;

namespace AuthService.Tests.Environments.Addresses;

public sealed class MmdbFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("addresses.mmdb");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("198.51.100.7", "DE")]
    [InlineData("198.51.100.200", "FR")]
    [InlineData("198.51.101.1", null)]
    [InlineData("2001:db8:1::7", "PT")]
    [InlineData("2001:db8:2::7", null)]
    public void An_address_is_found_in_the_most_special_network_that_holds_it(string address, string? country)
    {
        new MmdbWriter()
            .Add("198.51.100.128/25", ("country_code", "FR"))
            .Add("198.51.100.0/24", ("country_code", "DE"))
            .Add("2001:db8:1::/48", ("country_code", "PT"))
            .WriteTo(Path);

        Find(address).Country.ShouldBe(country);
    }

    [Fact]
    public void A_file_for_IPv4_alone_knows_nothing_of_IPv6()
    {
        new MmdbWriter { IpVersion = 4 }.Add("32.0.0.0/3", ("country_code", "US")).Add("198.51.100.0/24", ("country_code", "DE")).WriteTo(Path);

        Find("198.51.100.7").Country.ShouldBe("DE");
        Find("2001:db8::1").Country.ShouldBeNull("32.1.13.184 is another address");
    }

    [Fact]
    public void It_tells_when_it_was_made()
    {
        var made = new DateTimeOffset(2026, 10, 3, 4, 5, 6, TimeSpan.Zero);
        new MmdbWriter { BuiltAt = made }.Add("198.51.100.0/24", ("country_code", "DE")).WriteTo(Path);

        MmdbFile.Read(Path).Value!.BuiltAt.ShouldBe(made);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("text")]
    [InlineData("cut off")]
    [InlineData("a tree that leads nowhere")]
    public void What_is_no_sound_file_is_refused_in_words(string what)
    {
        var sound = new MmdbWriter().Add("0.0.0.0/1", ("country_code", "DE")).ToBytes();
        File.WriteAllBytes(Path, what switch
        {
            "empty" => [],
            "text" => "198.51.100.0/24 DE"u8.ToArray(),
            "cut off" => sound[..^40],
            _ => [.. Enumerable.Repeat((byte)0x7f, 96 * 8), .. sound[(96 * 8)..]],
        });

        var reading = MmdbFile.Read(Path);

        reading.Value.ShouldBeNull();
        reading.Problems.ShouldHaveSingleItem().ShouldStartWith($"{Path} is no sound MMDB file: ");
    }

    [Fact]
    public void What_is_not_there_is_said_not_to_be() =>
        MmdbFile.Read(Path).Problems.ShouldBe([$"{Path} is not there."]);

    [Fact]
    public void A_retired_file_answers_nothing_more()
    {
        new MmdbWriter().Add("198.51.100.0/24", ("country_code", "DE")).WriteTo(Path);
        var file = MmdbFile.Read(Path).Value!;

        file.Retire();

        file.TryFind(IPAddress.Parse("198.51.100.7"), out var facts).ShouldBeFalse();
        facts.ShouldBe(AddressFacts.None);
    }

    private AddressFacts Find(string address)
    {
        var file = MmdbFile.Read(Path).Value.ShouldNotBeNull();
        file.TryFind(IPAddress.Parse(address), out var facts).ShouldBeTrue();
        file.Retire();
        return facts;
    }
}
