using System.Security.Cryptography;
using AuthService.Client.Keys;

namespace AuthService.Tests.Client;

public sealed class SoftwareDeviceKeyTests
{
    [Fact]
    public void A_key_that_was_exported_is_the_same_key_again()
    {
        using var key = SoftwareDeviceKey.Generate();

        using var again = SoftwareDeviceKey.FromPem(key.ExportPem());

        again.PublicKey.ShouldBe(key.PublicKey);
    }

    [Fact]
    public void A_key_comes_from_PKCS8_too()
    {
        using var original = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        using var key = SoftwareDeviceKey.FromPkcs8(original.ExportPkcs8PrivateKey());

        key.PublicKey.SubjectPublicKeyInfo.ToArray().ShouldBe(original.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void A_key_on_another_curve_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Should.Throw<CryptographicException>(() => SoftwareDeviceKey.FromPem(other.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void A_public_key_alone_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Should.Throw<CryptographicException>(() => SoftwareDeviceKey.FromPem(key.ExportSubjectPublicKeyInfoPem()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void What_is_no_key_is_refused(string pem)
    {
        Should.Throw<CryptographicException>(() => SoftwareDeviceKey.FromPem(pem));
    }
}
