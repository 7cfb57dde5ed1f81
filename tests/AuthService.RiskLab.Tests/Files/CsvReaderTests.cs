using AuthService.RiskLab.Files;

namespace AuthService.RiskLab.Tests.Files;

public class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\nc,d", "a|b", "c|d")]
    [InlineData("a,b\r\nc,d\r\n", "a|b", "c|d")]
    [InlineData("\"x, y\",\"say \"\"hi\"\"\"\n\"two\nlines\",", "x, y|say \"hi\"", "two\nlines|")]
    [InlineData("a\"b,\n\"\",c", "a\"b|", "|c")]
    public void Records_are_taken_apart_as_RFC_4180_has_them(string text, params string[] records)
    {
        var csv = new CsvReader(new StringReader(text));

        foreach (var record in records)
            string.Join('|', csv.Read().ShouldNotBeNull()).ShouldBe(record);
        csv.Read().ShouldBeNull();
    }

    [Fact]
    public void A_quote_without_an_end_is_told_with_its_line()
    {
        var csv = new CsvReader(new StringReader("a,b\n\"c\nd\",e\nf,\"g\nh"));
        csv.Read();
        csv.Read();

        Should.Throw<FileProblemException>(csv.Read).Message.ShouldBe("line 4: a field in quotes has no end");
    }
}
