using AuthService.Ecv.Signals;
using AuthService.RiskLab.Files;

namespace AuthService.RiskLab.Tests.Files;

public class JsonLinesFileTests
{
    [Fact]
    public void A_rich_login_is_read_through_the_servers_own_mapping()
    {
        var login = Read(
            """{"index":7,"user":"anna","time":"2024-03-04T18:00:00+01:00","peer":"2001:db8::1","asn":64500,"country":"NO","networkClass":"mobile","signals":{"device":{"hardware_id":"h"},"wifi":{"ssid":"home","rssiDbm":-50},"unheardOf":1},"completed":true,"key":"k"}""")
            .ShouldHaveSingleItem();

        login.Index.ShouldBe("7");
        login.Login.Time.ShouldBe(new DateTimeOffset(2024, 3, 4, 17, 0, 0, TimeSpan.Zero));
        (login.Login.Origin.Asn, login.Login.Origin.Class, login.Login.Key, login.Login.Completed).ShouldBe((64_500u, NetworkClass.Mobile, "k", true));
        (login.Login.Signals.Device!.HardwareId, login.Login.Signals.Wifi!.Ssid, login.Login.Signals.Wifi.RssiDbm).ShouldBe(("h", "home", -50));
    }

    [Theory]
    [InlineData("""{"user":"a","time":"2024-03-04T18:00:00Z"}""")]
    [InlineData("""{"user":17,"time":"2024-03-04T18:00:00Z","networkClass":"unknown","key":null,"signals":null,"asn":null,"peer":"?"}""")]
    public void What_is_missing_is_missing(string json)
    {
        var login = Read(json).ShouldHaveSingleItem().Login;

        (login.Key, login.Completed, login.Origin.Class, login.Origin.Peer).ShouldBe((null, false, NetworkClass.Unknown, null));
    }

    [Fact]
    public void A_signal_that_a_server_refuses_is_left_out_alone()
    {
        var signals = Read(
            """{"user":"a","time":"2024-03-04T18:00:00Z","signals":{"device":{"hardware_id":"h","mac":"no"},"wifi":{"ssid":"home","neighbours":[{"bssid":"?"},{"bssid":"00:1a:2b:3c:4d:5e"}]},"location":{"country_code":"norway","language":"nb-NO"}}}""",
            out var problems).ShouldHaveSingleItem().Login.Signals;

        SignalParser.TryParse(signals, out _, out _).ShouldBeTrue();
        (signals.Device!.HardwareId, signals.Device.Mac, signals.Wifi!.Ssid, signals.Wifi.Neighbours.Count, signals.Location!.Language).ShouldBe(("h", null, "home", 1, "nb-NO"));
        problems.Counts.Count.ShouldBe(3);
    }

    [Fact]
    public void Lines_that_are_no_logins_are_counted_and_the_others_read()
    {
        var logins = Read("nonsense\n[]\n\n{\"user\":\"a\"}\n{\"user\":\"a\",\"time\":\"2024-03-04T18:00:00Z\",\"signals\":{\"wifi\":3}}", out var problems);

        logins.ShouldHaveSingleItem().Login.Signals.ShouldBe(new RawSignals());
        problems.Counts.Values.Sum().ShouldBe(4);
    }

    private static FileLogin[] Read(string text) => Read(text, out _);

    private static FileLogin[] Read(string text, out Problems problems)
    {
        problems = new Problems(TextWriter.Null);
        return [.. JsonLinesFile.Read(new StringReader(text), problems)];
    }
}
