using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using CsCheck;

namespace AuthService.Ecv.Tests.Profiles;

public sealed class ProfileTests
{
    private static readonly DeviceTag Phone = DeviceTag.Of("dev_de_phone");
    private static readonly DeviceTag Laptop = DeviceTag.Of("dev_de_laptop");
    private static readonly TokenizedEnvironment Home = World.Tokenize(World.Phone, World.Home);

    [Fact]
    public void What_is_written_is_what_is_read() =>
        Worlds.Histories.Sample(profile =>
        {
            var again = Profile.Read(profile.Write());

            again.Write().AsSpan().SequenceEqual(profile.Write()).ShouldBeTrue("read and written");
            ProfileWriter.Write(ProfileContent.Of(again.Row)).AsSpan().SequenceEqual(profile.Write()).ShouldBeTrue("taken apart and written");
        }, iter: Worlds.Cases);

    [Fact]
    public void No_bytes_make_the_reader_throw() =>
        Gen.Select(Worlds.Histories, Gen.Int[0, 4000], Gen.Byte, Gen.Int[0, 4000]).Sample((profile, at, value, length) =>
        {
            var bytes = profile.Write();
            bytes[at % bytes.Length] = value;

            if (Profile.TryRead(bytes, out var read))
                World.Judge(read, Home).Evidence.Length.ShouldBe(16);
            Profile.TryRead(bytes.AsMemory(0, length % bytes.Length), out _).ShouldBeFalse();
        }, iter: Worlds.Cases);

    [Fact]
    public void The_fullest_profile_fits_the_stated_bound_exactly()
    {
        var content = new ProfileContent { Extensions = [1, 9, 0x03, 0xFC, .. new byte[1020]] };
        for (var login = 0; login < 100; login++)
            Learning.Learn(content, Fullest.Environment(login), World.Lesson(login, device: DeviceTag.Of($"device {login}")));

        var row = ProfileWriter.Write(content);

        row.Length.ShouldBe(Profile.MaxBytes);
        Profile.Read(row).Write().ShouldBe(row);
    }

    [Fact]
    public void Bytes_that_are_no_profile_are_told()
    {
        Should.Throw<InvalidDataException>(() => Profile.Read(new byte[] { 2, 0, 0, 0, 0, 0, 0 }));
        Should.Throw<InvalidDataException>(() => Profile.Read(ReadOnlyMemory<byte>.Empty));
        Should.Throw<InvalidDataException>(() => Profile.Read((byte[])[.. Profile.Empty.Write(), 0]));
    }

    [Fact]
    public void An_extension_of_a_later_version_is_carried_along()
    {
        byte[] later = [.. Profile.Empty.Write()[..^1], 1, 9, 0, 2, 0xAB, 0xCD];

        var taught = Profile.Read(later).Learn(Home, World.Lesson(1));

        taught.Write()[^6..].ShouldBe(later[^6..]);
    }

    [Fact]
    public void A_verdict_teaches_once()
    {
        var once = Profile.Empty.Learn(Home, World.Lesson(1));

        once.Learn(Home, World.Lesson(1)).ShouldBeSameAs(once);
        once.Learn(Home, World.Lesson(2)).Write().ShouldNotBe(once.Write());
    }

    [Fact]
    public void Of_more_than_twenty_values_the_lightest_longest_unseen_makes_way()
    {
        var profile = World.Taught(5, Observed(0));
        for (var other = 1; other <= 20; other++)
            profile = profile.Learn(Observed(other), World.Lesson(100 + other, time: World.Start.AddDays(other)));

        var known = ProfileContent.Of(profile.Row).Kinds[(int)CharacteristicKind.NetworkOrigin].Select(entry => entry.Tokens[2]).ToList();

        known.Count.ShouldBe(20);
        known.ShouldContain(Observed(0)[CharacteristicKind.NetworkOrigin, 2], "the home, seen most");
        known.ShouldNotContain(Observed(1)[CharacteristicKind.NetworkOrigin, 2], "the oldest of the others");
    }

    [Fact]
    public void An_allowed_login_confirms_what_is_known_and_introduces_nothing()
    {
        var home = World.Taught(3, World.Tokenize(World.Phone, World.Home));
        var elsewhere = World.Tokenize(
            World.Phone with { Wifi = World.Phone.Wifi! with { Ssid = "other", Bssid = "00:99:99:99:99:98" } }, Worlds.NewOrigin);

        var allowed = home.Learn(elsewhere, World.Lesson(50, LearnedHow.Allow));

        allowed.Describe().Select(known => (known.Kind, known.Values)).ShouldBe(home.Describe().Select(known => (known.Kind, known.Values)));
        World.Judge(allowed, elsewhere).Line("network.origin").Millibits.ShouldBe(World.Judge(home, elsewhere).Line("network.origin").Millibits);
        World.Judge(allowed, elsewhere).Line("device.hardware").Millibits
            .ShouldBeLessThan(World.Judge(home, elsewhere).Line("device.hardware").Millibits, "the phone is the known one");
    }

    [Fact]
    public void A_slow_drip_of_allowed_logins_teaches_nobody_elses_surroundings()
    {
        var (owner, thief) = (World.Phone, Worlds.AllNew);
        var profile = World.Taught(12, World.Tokenize(owner, World.Home));
        RawSignals[] drops =
        [
            owner with { PlatformAccountHashes = thief.PlatformAccountHashes },
            owner with { PlatformAccountHashes = thief.PlatformAccountHashes, Wifi = thief.Wifi },
            owner with { PlatformAccountHashes = thief.PlatformAccountHashes, Wifi = thief.Wifi, Location = thief.Location },
            thief,
        ];

        var stranger = World.Judge(profile, World.Tokenize(thief, Worlds.NewOrigin)).ScoreMillibits;
        for (var day = 0; day < 90; day++)
            profile = profile.Learn(
                World.Tokenize(drops[day / 23], Worlds.NewOrigin), World.Lesson(500 + day, LearnedHow.Allow, time: World.Start.AddDays(day)));

        World.Judge(profile, World.Tokenize(thief, Worlds.NewOrigin), time: World.Start.AddDays(90)).ScoreMillibits
            .ShouldBeGreaterThanOrEqualTo(stranger);
    }

    [Fact]
    public void A_scene_drifts_by_proof_and_not_by_being_allowed()
    {
        RawSignals Scene(params int[] points) => new()
        {
            Wifi = new RawWifiSignals { Neighbours = [.. points.Select(point => new RawAccessPoint($"44:4e:6d:00:00:0{point}", -50))] },
        };
        var known = World.Taught(3, World.Tokenize(Scene(1, 2, 3, 4)));
        var (half, other) = (World.Tokenize(Scene(3, 4, 5, 6)), World.Tokenize(Scene(5, 6, 7, 8)));

        long Doubt(Profile profile) => World.Judge(profile, other).Line("wifi.scene").Millibits;

        Doubt(known.Learn(half, World.Lesson(50, LearnedHow.Allow))).ShouldBe(Doubt(known));
        Doubt(known.Learn(half, World.Lesson(50, LearnedHow.Proof))).ShouldBeLessThan(Doubt(known));
    }

    [Fact]
    public void What_was_not_seen_for_half_a_year_is_forgotten()
    {
        var profile = Profile.Empty.Learn(Observed(1), World.Lesson(1));

        var later = profile.Learn(Observed(2), World.Lesson(2, time: World.Start.AddDays(184)));

        later.Describe().Single().Values.ShouldBe(1);
        World.Judge(profile, Observed(1), time: World.Start.AddDays(183)).Line("network.origin").Millibits.ShouldBeLessThan(0);
        World.Judge(profile, Observed(1), time: World.Start.AddDays(184)).Line("network.origin").Millibits.ShouldBe(0);
    }

    [Fact]
    public void Unlearning_the_last_lessons_restores_the_profile() =>
        Gen.Select(Worlds.Histories, Worlds.Surroundings.Array[1, 3]).Sample((profile, lessons) =>
        {
            var taught = profile;
            for (var lesson = 0; lesson < lessons.Length; lesson++)
                taught = taught.Learn(World.Tokenize(lessons[lesson].Signals, lessons[lesson].Connection), World.Lesson(lesson));

            var restored = taught.Unlearn([.. Enumerable.Range(0, lessons.Length).Select(lesson => VerdictTag.Of($"ver_{lesson}"))]);

            WithoutFaded(restored, sets: false).ShouldBe(WithoutFaded(profile, sets: false));
            WithoutFaded(restored, sets: true).ShouldBeSubsetOf(WithoutFaded(profile, sets: true), "a set that took another form goes, any other is as it was");
        }, iter: Worlds.Cases);

    [Fact]
    public void A_set_that_a_doubted_login_gave_its_form_goes_with_that_login()
    {
        var known = World.Taught(3, Accounts("a", "b", "c"));
        var thiefs = Accounts("a", "b", "thief");

        var reshaped = known.Learn(thiefs, World.Lesson(50, LearnedHow.StepUp));
        var unlearned = reshaped.Unlearn([VerdictTag.Of("ver_50")]);

        World.Judge(reshaped, thiefs).Line("account.company").Code.ShouldBe(Ecv.Risk.EvidenceCode.Seen);
        unlearned.Describe().ShouldBeEmpty();
    }

    [Fact]
    public void What_a_doubted_login_taught_first_goes_even_if_others_confirmed_it()
    {
        var profile = World.Taught(3, Observed(1)).Learn(Observed(2), World.Lesson(50)).Learn(Observed(2), World.Lesson(51));

        var unlearned = profile.Unlearn([VerdictTag.Of("ver_50")]);

        World.Judge(unlearned, Observed(2)).Line("network.origin").Millibits.ShouldBeGreaterThan(
            World.Judge(profile, Observed(2)).Line("network.origin").Millibits);
        unlearned.Describe().Single().Values.ShouldBe(1);
    }

    [Fact]
    public void Unlearning_takes_back_the_days_that_made_a_network_familiar()
    {
        var profile = Profile.Empty.Learn(Observed(1), World.Lesson(1)).Learn(Observed(1), World.Lesson(2, time: World.Start.AddDays(1)));
        var today = ProfileDay.Of(World.Start.AddDays(5));

        Ecv.Risk.FamiliarNetwork.EarlierDays(profile, Observed(1), today).ShouldBe((byte)2);
        Ecv.Risk.FamiliarNetwork.EarlierDays(profile.Unlearn([VerdictTag.Of("ver_2")]), Observed(1), today).ShouldBe((byte)1);
    }

    [Fact]
    public void Forgetting_a_device_erases_what_only_it_taught()
    {
        var profile = Profile.Empty
            .Learn(Observed(1), World.Lesson(1, device: Phone))
            .Learn(Observed(1), World.Lesson(2, device: Laptop))
            .Learn(Observed(2), World.Lesson(3, device: Laptop))
            .Learn(Observed(3), World.Lesson(4));

        var forgotten = profile.Forget(Laptop);

        forgotten.Describe().Single().Values.ShouldBe(2);
        forgotten.Forget(Phone).Describe().Single().Values.ShouldBe(1);
        Contains(forgotten, Laptop).ShouldBeFalse();
    }

    [Fact]
    public void A_withdrawn_consent_erases_its_kinds_and_no_others()
    {
        var profile = Profile.Empty.Learn(Home, World.Lesson(1));

        var kinds = profile.WithdrawConsent(SignalConsents.Location | SignalConsents.WifiEnvironment).Describe().Select(known => known.Kind);

        kinds.ShouldBe(["device.hardware", "device.name", "device.model", "device.os", "network.origin", "account.company", "language", "time.habit"]);
    }

    [Fact]
    public void An_environment_names_the_devices_whose_identifiers_it_carries()
    {
        var profile = Profile.Empty.Learn(Home, World.Lesson(1, device: Phone)).Learn(Observed(1), World.Lesson(2, device: Laptop));

        profile.DevicesNamedBy(Home).ShouldBe([Phone]);
        profile.DevicesNamedBy(Observed(1)).ShouldBeEmpty();
        profile.DevicesNamedBy(World.Tokenize(Worlds.AllNew)).ShouldBeEmpty();
    }

    [Fact]
    public void A_profile_holds_no_raw_signal()
    {
        var row = Profile.Empty.Learn(Home, World.Lesson(1, device: Phone)).Write();

        foreach (var raw in (string[])["Linden", "Pixel", "Anna", "f2a1c3", "3ca62f", "de-DE", "u33d", "dev_de", "27447297"])
            row.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(raw)).ShouldBe(-1, raw);
        row.AsSpan().IndexOf(new byte[] { 203, 0, 113 }).ShouldBe(-1);
        row.AsSpan().IndexOf(Convert.FromHexString("3ca62f112233")).ShouldBe(-1);
    }

    private static TokenizedEnvironment Observed(int network) => World.Observed($"10.0.{network}.1");

    private static bool Contains(Profile profile, DeviceTag device) => ProfileContent.Of(profile.Row).Devices.Contains(device.Value);

    /// <summary>Learning also drops what has faded, which unlearning cannot bring back; visits keep their emptied slots.</summary>
    private static IEnumerable<string> WithoutFaded(Profile profile, bool sets) =>
        ProfileContent.Of(profile.Row).Entries
            .Where(entry => !ProfileDay.HasFaded(entry.LastDay, ProfileDay.Of(World.Start)) && entry.Members.IsEmpty != sets)
            .Select(entry => string.Join('|', entry.Tokens) + string.Join('|', entry.Members)
                + string.Join('|', entry.FirstDay, entry.SecondDay, entry.LastDay, entry.Weight, entry.Visits))
            .Order(StringComparer.Ordinal);

    private static TokenizedEnvironment Accounts(params string[] hashes) => World.Tokenize(new RawSignals { PlatformAccountHashes = hashes });
}
