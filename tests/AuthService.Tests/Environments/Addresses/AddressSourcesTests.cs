using AuthService.Ecv.Signals;
using AuthService.Environments.Addresses;
using AuthService.Tests.Security.Passwords;

namespace AuthService.Tests.Environments.Addresses;

public sealed class AddressSourcesTests
{
    private const string Address = "198.51.100.7";

    [Fact]
    public async Task Without_any_file_nothing_is_known_but_what_needs_no_telling()
    {
        await using var sut = await new TestSources().StartAsync();

        sut.Find(Address).ShouldBe(AddressFacts.None);
        sut.Find("2001:db8::1").ShouldBe(AddressFacts.None);
        sut.Find("100.100.3.1").Class.ShouldBe(NetworkClass.CarrierGradeNat);
    }

    [Fact]
    public async Task Each_file_adds_what_those_before_it_did_not_tell()
    {
        await using var sut = await new TestSources()
            .With("country.mmdb", new MmdbWriter().Add("198.51.100.0/24", ("country_code", "DE")))
            .With("asn.mmdb", new MmdbWriter().Add("198.51.100.0/24", ("autonomous_system_number", 64_496u), ("country_code", "FR")))
            .With("anonymous.mmdb", new MmdbWriter().Add("198.51.100.7/32", ("is_hosting_provider", true)))
            .StartAsync();

        sut.Find(Address).ShouldBe(new AddressFacts("DE", 64_496, NetworkClass.Hosting, null));
        sut.Find("198.51.100.8").Class.ShouldBe(NetworkClass.Unknown);
    }

    [Fact]
    public async Task What_the_operator_lists_goes_before_what_files_say_of_a_class()
    {
        await using var sut = new TestSources().With("type.mmdb", new MmdbWriter().Add("0.0.0.0/1", ("connection_type", "Cellular")));
        sut.Write("classes.txt", "198.51.100.0/24 hosting\n100.64.7.0/24 fixed\n");
        await sut.StartAsync("classes.txt");

        sut.Find("100.128.0.1").Class.ShouldBe(NetworkClass.Mobile);
        sut.Find("100.64.8.1").Class.ShouldBe(NetworkClass.CarrierGradeNat);
        sut.Find("100.64.7.1").Class.ShouldBe(NetworkClass.Fixed);
    }

    [Fact]
    public async Task A_file_that_is_replaced_is_taken_up_within_half_a_minute()
    {
        await using var sut = await new TestSources().With("country.mmdb", Country("DE")).StartAsync();
        using var readings = new MeterReadings(sut.Meters);

        sut.With("country.mmdb", Country("PT"));
        var before = sut.Find(Address).Country;
        sut.LetThemNotice();

        (before, sut.Find(Address).Country).ShouldBe(("DE", "PT"));
        sut.LetThemNotice();
        readings.Of("authservice.address_sources.reloads").Count.ShouldBe(1, "it is read once");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_breaks_or_goes_changes_nothing_until_a_sound_one_comes(bool breaks)
    {
        await using var sut = await new TestSources().With("country.mmdb", Country("DE")).StartAsync();

        if (breaks)
            sut.Write("country.mmdb", Country("PT").ToBytes().AsSpan()[..^30]);
        else
            sut.Delete("country.mmdb");
        sut.LetThemNotice();
        var meanwhile = (sut.Find(Address).Country, sut.Sources.States.Single().IsUpToDate);
        sut.With("country.mmdb", Country("FR"));
        sut.LetThemNotice();

        meanwhile.ShouldBe(("DE", false));
        (sut.Find(Address).Country, sut.Sources.States.Single().IsUpToDate).ShouldBe(("FR", true));
    }

    [Fact]
    public async Task A_list_with_a_mistake_changes_nothing_until_it_is_mended()
    {
        await using var sut = new TestSources();
        sut.Write("classes.txt", "198.51.100.0/24 hosting");
        await sut.StartAsync("classes.txt");

        sut.Write("classes.txt", "198.51.100.0/24 relay\n203.0.113.0/24 rely");
        sut.LetThemNotice();
        var meanwhile = sut.Find(Address).Class;
        sut.Write("classes.txt", "198.51.100.0/24 relay\n203.0.113.0/24 relay");
        sut.LetThemNotice();

        (meanwhile, sut.Find(Address).Class).ShouldBe((NetworkClass.Hosting, NetworkClass.Relay));
    }

    [Fact]
    public async Task Who_looks_up_while_files_are_replaced_gets_the_old_answer_or_the_new_one()
    {
        await using var sut = await new TestSources().With("country.mmdb", Country("DE")).StartAsync();
        using var replaced = new CancellationTokenSource();

        var lookers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var seen = new HashSet<string?>(StringComparer.Ordinal);
            do
                seen.Add(sut.Find(Address).Country);
            while (!replaced.IsCancellationRequested);
            return seen;
        })).ToList();
        for (var time = 0; time < 40; time++)
        {
            sut.With("country.mmdb", Country(time % 2 == 0 ? "PT" : "DE"));
            sut.LetThemNotice();
        }

        await replaced.CancelAsync();
        (await Task.WhenAll(lookers)).SelectMany(seen => seen).Distinct(StringComparer.Ordinal).ShouldBeSubsetOf(["DE", "PT"]);
    }

    [Fact]
    public async Task Its_metrics_tell_how_old_files_are_and_what_came_of_lookups()
    {
        var made = new DateTimeOffset(2026, 11, 13, 8, 0, 0, TimeSpan.Zero);
        await using var sut = await new TestSources()
            .With("country.mmdb", new MmdbWriter { BuiltAt = made }.Add("198.51.100.0/24", ("country_code", "DE")))
            .StartAsync();
        using var readings = new MeterReadings(sut.Meters);

        sut.Find(Address);
        sut.Find("192.0.2.1");
        readings.Observe();

        readings.Of("authservice.address_sources.age").ShouldBe([TimeSpan.FromDays(10).TotalSeconds]);
        readings.Of("authservice.address_sources.lookups").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Options_name_every_file_that_cannot_be_used()
    {
        await using var sut = new TestSources().With("good.mmdb", Country("DE")).With("bad.mmdb", Country("DE")).With("gone.mmdb", Country("DE"));
        sut.Write("bad.mmdb", "no database");
        sut.Delete("gone.mmdb");
        sut.Write("classes.txt", "198.51.100.0/24 cloud");

        var failures = new AddressSourceOptionsCheck().Validate(null, sut.Options("classes.txt")).Failures.ShouldNotBeNull().ToList();

        failures.Count.ShouldBe(3);
        failures[0].ShouldStartWith($"AddressSources:MmdbFiles: {sut.Path("bad.mmdb")} is no sound MMDB file: ");
        failures[1].ShouldBe($"AddressSources:MmdbFiles: {sut.Path("gone.mmdb")} is not there.");
        failures[2].ShouldStartWith($"AddressSources:PrefixFile: {sut.Path("classes.txt")}, line 1: 'cloud' is none of fixed");
    }

    private static MmdbWriter Country(string code) => new MmdbWriter().Add("198.51.100.0/24", ("country_code", code));
}
