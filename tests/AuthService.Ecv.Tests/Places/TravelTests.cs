using AuthService.Ecv.Places;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Tests.Places;

public sealed class TravelTests
{
    private static readonly GeoFix Berlin = GeoFix.Of(52.52, 13.405, 20);
    private static readonly GeoFix Potsdam = GeoFix.Of(52.39, 13.06, 20);
    private static readonly GeoFix Lisbon = GeoFix.Of(38.72, -9.14, 20);
    private static readonly GeoFix Auckland = GeoFix.Of(-36.85, 174.76, 20);
    private static readonly DeviceTag Phone = new(1), Hub = new(2);

    [Theory]
    [InlineData(120, 1_150)] // 2,310 km in two hours
    [InlineData(240, 575)]
    [InlineData(24 * 60, 96)]
    public void A_speed_is_the_distance_of_the_cells_over_the_time_between(int minutes, int kmh) =>
        Claims(Berlin).SpeedTo(new SeenPlaces(null, Lisbon), [Phone], World.Start.AddMinutes(minutes)).Claimed!.Value
            .ShouldBeInRange(kmh - 10, kmh + 10);

    [Fact]
    public void The_far_side_of_the_world_is_measured_across_the_date_line() =>
        Claims(Auckland).SpeedTo(new SeenPlaces(null, GeoFix.Of(21.3, -157.86, 20)), [Phone], World.Start.AddHours(10)).Claimed!.Value
            .ShouldBeInRange(700, 715, "7,080 km to Honolulu");

    [Fact]
    public void Two_logins_in_a_moment_are_at_least_ten_minutes_apart() =>
        Claims(Berlin).SpeedTo(new SeenPlaces(null, Potsdam), [Phone], World.Start.AddSeconds(1)).Claimed!.Value.ShouldBeInRange(90, 180);

    [Fact]
    public void A_hub_at_home_and_its_owner_abroad_are_not_impossible()
    {
        var seen = Claims(Berlin).See(new SeenPlaces(null, Lisbon), [Hub], World.Start.AddMinutes(1));

        seen.SpeedTo(new SeenPlaces(null, Berlin), [Phone], World.Start.AddMinutes(5)).Claimed.ShouldBe(0);
        seen.SpeedTo(new SeenPlaces(null, Lisbon), [Hub], World.Start.AddMinutes(5)).Claimed.ShouldBe(0);
    }

    [Fact]
    public void A_device_that_leaves_out_one_of_its_names_is_compared_under_the_others()
    {
        var hub = World.Tokenize(World.Phone with { Device = World.Phone.Device! with { Mac = "00:11:22:33:44:55", BoardId = "b77" } });
        var withoutHardware = World.Tokenize(new RawSignals { Device = new RawDeviceSignals { Mac = "00:11:22:33:44:55" } });
        var seen = Whereabouts.Unknown.See(new SeenPlaces(Berlin, null), hub.NamedDevices, World.Start);

        var speed = seen.SpeedTo(new SeenPlaces(Lisbon, null), Profile.Empty.DevicesThatMayBe(withoutHardware, proven: null), World.Start.AddHours(1));

        speed.Observed!.Value.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public void A_copied_name_of_a_bound_device_is_compared_with_where_that_device_proved_itself()
    {
        var phone = World.Tokenize(World.Phone);
        var profile = Profile.Empty.Learn(phone, World.Lesson(1, device: Phone));
        var seen = Whereabouts.Unknown.See(new SeenPlaces(Berlin, null), profile.DevicesThatMayBe(phone, proven: Phone), World.Start);

        var copied = seen.SpeedTo(new SeenPlaces(Lisbon, null), profile.DevicesThatMayBe(phone, proven: null), World.Start.AddHours(1));
        var another = seen.SpeedTo(new SeenPlaces(Lisbon, null), profile.DevicesThatMayBe(phone, proven: Hub), World.Start.AddHours(1));

        copied.Observed!.Value.ShouldBeGreaterThan(2_000);
        another.Observed.ShouldBeNull("it proved to be the hub, whatever it says");
    }

    [Fact]
    public void Two_browsers_that_name_no_device_are_no_journey()
    {
        var nameless = World.Tokenize(new RawSignals());
        var seen = Whereabouts.Unknown.See(new SeenPlaces(Berlin, Berlin), nameless.NamedDevices, World.Start);

        seen.IsEmpty.ShouldBeTrue();
        seen.SpeedTo(new SeenPlaces(Lisbon, Lisbon), Profile.Empty.DevicesThatMayBe(nameless, proven: null), World.Start.AddHours(1))
            .ShouldBe(new TravelSpeed(null, null));
    }

    [Fact]
    public void Claims_never_cancel_observed_travel()
    {
        var seen = Whereabouts.Unknown.See(new SeenPlaces(Berlin, Berlin), [Phone], World.Start);

        var speed = seen.SpeedTo(new SeenPlaces(Lisbon, Berlin), [Phone], World.Start.AddMinutes(30));

        speed.Claimed.ShouldBe(0);
        speed.Observed!.Value.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public void Addresses_of_phone_networks_are_within_200_km_and_those_of_relays_nowhere()
    {
        SeenPlaces At(GeoFix place, NetworkClass network) =>
            SeenPlaces.Of(CanonicalSignals.Empty, SignalConsents.All, new ConnectionObservation { Fix = place, NetworkClass = network });
        var munich = GeoFix.Of(48.14, 11.58, 1_000);
        var home = Whereabouts.Unknown.See(At(Berlin, NetworkClass.Fixed), [Phone], World.Start);
        var soon = World.Start.AddMinutes(10);

        home.SpeedTo(At(munich, NetworkClass.Fixed), [Phone], soon).Observed!.Value.ShouldBeGreaterThan(2_500);
        home.SpeedTo(At(munich, NetworkClass.Mobile), [Phone], soon).Observed!.Value.ShouldBeLessThan(1_900, "200 km less to go");
        foreach (var anywhere in (NetworkClass[])[NetworkClass.Vpn, NetworkClass.Relay, NetworkClass.Satellite, NetworkClass.Hosting])
            home.SpeedTo(At(munich, anywhere), [Phone], soon).Observed.ShouldBeNull(anywhere.ToString());
    }

    [Fact]
    public void Whereabouts_are_coarse_bounded_and_kept_for_two_days()
    {
        var seen = Whereabouts.Unknown;
        for (ulong device = 1; device <= 50; device++)
            seen = seen.See(new SeenPlaces(Berlin, Berlin), [new DeviceTag(device)], World.Start.AddMinutes(device));

        var bytes = seen.Write();
        bytes.Length.ShouldBe(1 + (16 * 19));
        Whereabouts.Read(bytes).Write().ShouldBe(bytes);
        Whereabouts.Read([1, 2, 3]).IsEmpty.ShouldBeTrue();
        Claims(Berlin).Write().ShouldBe(Claims(GeoFix.Of(52.521, 13.406, 20)).Write(), "the same five kilometres");
        Claims(Berlin).SpeedTo(new SeenPlaces(null, Lisbon), [Phone], World.Start.AddHours(49)).Claimed.ShouldBeNull();
        Claims(Berlin).See(default, [Phone], World.Start.AddHours(49)).IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(700, 3_000)]
    [InlineData(900, 6_000)]
    [InlineData(1_450, 9_000)]
    [InlineData(2_000, 12_000)]
    [InlineData(40_000, 12_000)]
    public void A_speed_says_nothing_up_to_a_trains_and_twelve_bits_from_nobodys_on(int kmh, long millibits)
    {
        var verdict = World.Judge(Profile.Empty, World.Tokenize(new RawSignals()), new CallFacts { Travel = new TravelSpeed(kmh, null) });

        verdict.Evidence.Where(line => line.Code == EvidenceCode.Travel).Sum(line => line.Millibits).ShouldBe(millibits);
        verdict.ScoreMillibits.ShouldBe(millibits);
    }

    [Fact]
    public void Travel_and_a_new_network_are_one_surprise()
    {
        var profile = World.Taught(12, World.Tokenize(World.Phone, World.Home));
        var abroad = World.Tokenize(new RawSignals(), Worlds.NewOrigin);

        var verdict = World.Judge(profile, abroad, new CallFacts { Travel = new TravelSpeed(5_000, 5_000) });

        verdict.Evidence.Where(line => line.Group == "place" && line.Counted).Select(line => line.Millibits)
            .ShouldBe([verdict.Evidence.Where(line => line.Group == "place").Max(line => line.Millibits)]);
    }

    private static Whereabouts Claims(GeoFix place) => Whereabouts.Unknown.See(new SeenPlaces(null, place), [Phone], World.Start);
}
