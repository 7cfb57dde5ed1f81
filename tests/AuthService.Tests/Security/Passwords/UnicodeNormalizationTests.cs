using System.Globalization;
using System.Text;
using AuthService.Security.Passwords;
using CsCheck;

namespace AuthService.Tests.Security.Passwords;

public sealed class UnicodeNormalizationTests
{
    private static readonly Gen<string> Texts = Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Array[0, 12]
        .Select(points => string.Concat(points.Select(point => new Rune(point).ToString())));

    [Fact]
    public void The_vectors_of_the_unicode_consortium_hold()
    {
        var vectors = Lines().Where(line => line[0] != '#').Select(line => line.Split(';').Select(Text).ToArray()).ToList();

        vectors.Count.ShouldBeGreaterThan(2000);
        vectors.Where(vector => UnicodeNormalization.ToNfc(vector[0]) != vector[1]).ShouldBeEmpty();
        vectors.Where(vector => UnicodeNormalization.ToNfkc(vector[0]) != vector[2]).ShouldBeEmpty();
    }

    [Fact]
    public void Normalising_twice_changes_nothing_more()
    {
        Texts.Sample(text => UnicodeNormalization.ToNfkc(UnicodeNormalization.ToNfkc(text)) == UnicodeNormalization.ToNfkc(text));
    }

    [Fact]
    public void Form_c_does_not_change_what_form_kc_gives()
    {
        Texts.Sample(text => UnicodeNormalization.ToNfkc(UnicodeNormalization.ToNfc(text)) == UnicodeNormalization.ToNfkc(text));
    }

    [Theory]
    [InlineData("ﬁve", "five")]
    [InlineData("①", "1")]
    [InlineData("ｐａｓｓ", "pass")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("a\u00a0b", "a b")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("", "")]
    public void Compatible_characters_become_one(string text, string expected)
    {
        UnicodeNormalization.ToNfkc(text).ShouldBe(expected);
    }

    private static string Text(string points) => string.Concat(points.Split(' ')
        .Select(point => new Rune(int.Parse(point, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));

    private static IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(
            typeof(UnicodeNormalizationTests).Assembly.GetManifestResourceStream(typeof(UnicodeNormalizationTests), "NormalizationVectors.txt")!);
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
