using System.Security.Cryptography;
using AuthService.Protocol.Proofs;
using CsCheck;

namespace AuthService.Tests.Protocol;

public sealed class ProofSignatureTests
{
    [Fact]
    public void What_a_platform_key_store_signs_in_DER_becomes_the_same_raw_signature()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] text = [1, 2, 3];

        for (var round = 0; round < 200; round++)
        {
            var der = key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

            var signature = ProofSignature.TryParseDer(der);

            key.VerifyData(text, signature!.Bytes.Span, HashAlgorithmName.SHA256).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("3006020101020101ff", "a byte behind it")]
    [InlineData("300902010102010102010a", "three numbers")]
    [InlineData("3003020101", "one number")]
    [InlineData("30060201ff020101", "a negative number")]
    [InlineData("3007020200010201 01", "a number longer than it need be")]
    [InlineData("3080020101020101 0000", "BER's indefinite length")]
    public void What_is_not_strict_DER_is_refused(string hex, string why)
    {
        var der = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        ProofSignature.TryParseDer(der).ShouldBeNull(why);
    }

    [Fact]
    public void Numbers_of_more_than_32_bytes_are_refused()
    {
        byte[] der = [0x30, 0x26, 0x02, 0x21, 0x01, .. new byte[32], 0x02, 0x01, 0x01];

        ProofSignature.TryParseDer(der).ShouldBeNull();
    }

    [Fact]
    public void Raw_signatures_are_taken_by_their_length_alone()
    {
        Gen.Byte.Array[0, 80].Sample(bytes => (ProofSignature.TryParse(bytes) is not null) == (bytes.Length == 64));
    }
}
