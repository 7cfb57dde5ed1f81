using AuthService.Protocol.Proofs;
using AuthService.V1;
using Google.Protobuf;

namespace AuthService.Tests.Protocol;

public sealed class ProofMetadataTests
{
    [Fact]
    public void No_header_means_no_proof()
    {
        ProofMetadata.TryRead([], out var proofs, out _).ShouldBeTrue();

        proofs!.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Two_proofs_are_read_from_two_headers_or_from_one_with_a_comma_padded_or_not(bool joined, bool padded)
    {
        string[] encoded = [Encode(Proof("")), Encode(Proof("dev_de_1"))];
        if (!padded)
            encoded = [.. encoded.Select(text => text.TrimEnd('='))];

        ProofMetadata.TryRead(joined ? [string.Join(", ", encoded)] : encoded, out var proofs, out _).ShouldBeTrue();

        proofs!.Select(proof => proof.DeviceId).ShouldBe(["", "dev_de_1"]);
    }

    [Fact]
    public void A_third_proof_is_refused()
    {
        var one = Encode(Proof("dev_de_1"));

        ProofMetadata.TryRead([one, $"{one},{one}"], out _, out var fault).ShouldBeFalse();

        fault!.Field.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("not base64!")]
    [InlineData("A")]
    [InlineData("////")]
    [InlineData("CgJhYg==")]
    [InlineData("CgL//w==")]
    public void What_is_no_proof_is_refused(string? header)
    {
        ProofMetadata.TryRead([header], out _, out var fault).ShouldBeFalse();

        fault.ShouldNotBeNull();
    }

    [Fact]
    public void A_proof_beyond_its_size_is_refused_unread()
    {
        var padding = new DeviceSignals { DeviceName = new string('x', ProofLimits.MaxEncoded) };
        var tooLong = Convert.ToBase64String([.. Proof("dev_de_1").ToByteArray(), .. padding.ToByteArray()]);

        ProofMetadata.TryRead([tooLong], out _, out var fault).ShouldBeFalse();

        fault!.Expected.ShouldContain("1024 bytes");
    }

    private static string Encode(DeviceProof proof) => Convert.ToBase64String(proof.ToByteArray());

    private static DeviceProof Proof(string deviceId) => new()
    {
        DeviceId = deviceId,
        Challenge = ByteString.CopyFrom(new byte[16]),
        Signature = ByteString.CopyFrom(new byte[ProofLimits.Signature]),
    };
}
