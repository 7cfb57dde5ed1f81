using AuthService.Security.Keys;
using CsCheck;

namespace AuthService.Tests.Security.Keys;

public sealed class TranscriptTests
{
    [Fact]
    public void Two_lists_of_parts_never_give_the_same_bytes()
    {
        // Few letters and short parts, so that the same text is often cut in different places.
        var parts = Gen.String[Gen.Char["ab"], 0, 3].Array[0, 4];

        Gen.Select(parts, parts).Sample((one, other) =>
            Transcript.Of(one).SequenceEqual(Transcript.Of(other)) == one.SequenceEqual(other));
    }

    [Fact]
    public void Each_part_has_the_length_of_its_utf_8_form_before_it()
    {
        Transcript.Of("é", "").ShouldBe([0, 0, 0, 2, 0xC3, 0xA9, 0, 0, 0, 0]);
    }
}
