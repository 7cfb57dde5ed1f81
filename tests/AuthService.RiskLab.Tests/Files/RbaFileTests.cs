using AuthService.RiskLab.Files;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Tests.Files;

public class RbaFileTests
{
    private const string Header =
        "index,Login Timestamp,User ID,Round-Trip Time [ms],IP Address,Country,Region,City,ASN,User Agent String,Browser Name and Version,OS Name and Version,Device Type,Login Successful,Is Attack IP,Is Account Takeover";

    [Fact]
    public void The_data_sets_own_rows_are_read()
    {
        var login = Read(
            "0,2020-02-03 12:43:30.772,-4324475583306591935,,10.0.65.171,NO,-,-,29695,\"Mozilla/5.0  (iPhone; CPU iPhone OS 13_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)\",Firefox 20.0.0.1618,iOS 13.4,mobile,False,False,False")
            .ShouldHaveSingleItem();

        login.Index.ShouldBe("0");
        login.Login.User.ShouldBe("-4324475583306591935");
        login.Login.Time.ShouldBe(new DateTimeOffset(2020, 2, 3, 12, 43, 30, 772, TimeSpan.Zero));
        (login.Login.Origin.Asn, login.Login.Origin.Country, login.Login.Origin.City).ShouldBe((29_695u, "NO", null));
        (login.Login.Agent.Browser, login.Login.Agent.Os, login.Login.Successful).ShouldBe(("Firefox 20.0.0.1618", "iOS 13.4", false));
    }

    [Theory]
    [InlineData("2020-02-03 12:43:30", "NA", "29695.0", "NA", "True", 29_695, "NA")]
    [InlineData("2020-02-03T12:43:30Z", "nan", "", "", "true", null, null)]
    [InlineData("2020-02-03 12:43:30.1", "12.5", "AS7", "se", "1", 7, "SE")]
    public void Odd_fields_are_what_they_mean(string time, string delay, string asn, string country, string successful, int? number, string? code)
    {
        var login = Read($"x,{time},u,{delay},nowhere,{country},,,{asn},ua,,,,{successful},,").ShouldHaveSingleItem().Login;

        ((int?)login.Origin.Asn, login.Origin.Country, login.Origin.Peer, login.Successful).ShouldBe((number, code, null, true));
        login.Origin.RoundTrip.ShouldBe(delay == "12.5" ? TimeSpan.FromMilliseconds(12.5) : null);
    }

    [Fact]
    public void Bad_rows_are_left_out_counted_and_told_with_their_line()
    {
        var output = new StringWriter();
        var problems = new Problems(output);
        var logins = RbaFile.Read(
            new StringReader($"{Header}\n0,yesterday,u,,,,,,,,,,,True,False,False\n1,2020-02-03,u\n2,2020-02-03,,,,,,,,,,,,True,,\n3,2020-02-03,u,,,,,,,,,,,True,,\n"),
            problems).ToArray();

        logins.ShouldHaveSingleItem().Index.ShouldBe("3");
        problems.Counts.Values.Sum().ShouldBe(3);
        output.ToString().ShouldContain("line 3: left out: not 16 fields");
    }

    [Fact]
    public void A_file_without_the_columns_is_refused_by_name() =>
        Should.Throw<FileProblemException>(() => RbaFile.Read(new StringReader("index,User ID\n"), new Problems(TextWriter.Null)).ToArray())
            .Message.ShouldStartWith("line 1: the header lacks Login Timestamp, Round-Trip Time [ms]");

    [Fact]
    public void What_is_written_is_read_again()
    {
        var login = Lab.Login(agent: "odd, \"quoted\" agent") with { FromAttackAddress = true };
        var text = new StringWriter();
        var writer = new RbaWriter(text);
        writer.WriteHeader();
        writer.Write(login, isTakeover: true);

        FileLogin[] logins = [.. RbaFile.Read(new StringReader(text.ToString()), new Problems(TextWriter.Null))];
        var read = logins.ShouldHaveSingleItem().Login;

        text.ToString().ShouldStartWith(Header + "\n");
        (read.User, read.Time, read.Origin.Peer, read.Agent).ShouldBe((login.User, login.Time, login.Origin.Peer, login.Agent));
    }

    private static FileLogin[] Read(string row) => [.. RbaFile.Read(new StringReader($"\uFEFF{Header}\r\n{row}\r\n"), new Problems(TextWriter.Null))];
}
