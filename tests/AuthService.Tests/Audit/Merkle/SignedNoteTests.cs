using System.Globalization;
using System.Security.Cryptography;
using AuthService.Audit.Merkle;

namespace AuthService.Tests.Audit.Merkle;

public sealed class SignedNoteTests
{
    /// <summary>The example of Go's golang.org/x/mod/sumdb/note, which C2SP signed-note is the specification of.</summary>
    private const string GoKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private const string GoNote =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    [Fact]
    public void A_note_that_Go_signed_is_verified()
    {
        NoteVerifier.TryParse(GoKey, out var key).ShouldBeTrue();
        SignedNote.TryParse(GoNote, out var note).ShouldBeTrue();

        note.IsSignedBy(key).ShouldBeTrue();
        note.ToString().ShouldBe(GoNote);
        key.ToString().ShouldBe(GoKey);
    }

    [Fact]
    public void A_changed_note_is_not()
    {
        NoteVerifier.TryParse(GoKey, out var key).ShouldBeTrue();
        SignedNote.TryParse(GoNote.Replace("the answer", "an answer", StringComparison.Ordinal), out var note).ShouldBeTrue();

        note.IsSignedBy(key).ShouldBeFalse();
    }

    [Fact]
    public void Others_may_sign_too_and_each_is_told_apart()
    {
        using var log = Signer("log.example.org/audit");
        using var witness = Signer("witness.example.org");
        using var stranger = Signer("witness.example.org");
        const string Text = "log.example.org/audit\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

        var text = log.Sign(Text).With(witness.SignatureOf(Text)).ToString();

        SignedNote.TryParse(text, out var note).ShouldBeTrue();
        note.IsSignedBy(log.Verifier).ShouldBeTrue();
        note.IsSignedBy(witness.Verifier).ShouldBeTrue();
        note.IsSignedBy(stranger.Verifier).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n— na+me AAAAAAAA\n")]
    [InlineData("text\n\n— name AAAA AAAA\n")]
    [InlineData("text\n\n— name AAAAAAB=\n")]
    [InlineData("text\n\n- name AAAAAAAA\n")]
    [InlineData("text\n\n— name AAAAAAAA")]
    [InlineData("te\txt\n\n— name AAAAAAAA\n")]
    public void What_is_no_note_is_not_read(string text) => SignedNote.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhM")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void What_is_no_key_is_not_read(string text) => NoteVerifier.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_checkpoint_reads_as_it_is_written()
    {
        var checkpoint = new Checkpoint("log.example.org/audit", 20_852_163, TreeHash.OfLeaf("entry"u8), ["merge delay 1000 ms"]);

        Checkpoint.TryParse(checkpoint.ToString(), out var read).ShouldBeTrue();

        (read.Origin, read.Size, read.Root).ShouldBe((checkpoint.Origin, checkpoint.Size, checkpoint.Root));
        read.Extensions.ShouldBe(checkpoint.Extensions);
        read.ToString().ShouldBe(string.Create(
            CultureInfo.InvariantCulture,
            $"log.example.org/audit\n20852163\n{Convert.ToBase64String(checkpoint.Root.ToArray())}\nmerge delay 1000 ms\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("origin\n1\n")]
    [InlineData("\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("origin\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("origin\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("origin\n99999999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==\n")]
    [InlineData("origin\n1\n47DEQpj8HBSa +/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nmore\n")]
    public void What_is_no_checkpoint_is_not_read(string text) => Checkpoint.TryParse(text, out _).ShouldBeFalse();

    private static NoteSigner Signer(string name) => new(name, RandomNumberGenerator.GetBytes(NoteSigner.KeySize));
}
