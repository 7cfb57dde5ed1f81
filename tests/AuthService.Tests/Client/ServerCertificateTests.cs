using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthService.Client;
using AuthService.Client.Keys;
using AuthService.Protocol.Proofs;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Tests.Client;

public sealed class ServerCertificateTests : IDisposable
{
    private readonly SoftwareDeviceKey _key = SoftwareDeviceKey.Generate();

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Over_TLS_the_first_proof_already_names_the_servers_certificate()
    {
        using var certificate = Certificate();
        await using var service = await StartAsync(certificate);
        using var client = await ClientAsync(service.Address, certificate);

        await GetAccountAsync(client);
        await GetAccountAsync(client);

        var calls = service.Calls("GetAccount");
        calls.Select(call => HashIn(call)).ShouldBe([HashOf(certificate), HashOf(certificate)]);
        calls[0].Proofs[0].Freshness.ShouldBeOfType<ProofFreshness.ByChallenge>();
        calls[1].Proofs[0].Freshness.ShouldBeOfType<ProofFreshness.ByTime>();
        calls.ShouldAllBe(call => call.Proofs[0].Signature.IsBy(_key.PublicKey, call.PayloadOf(call.Proofs[0])));
    }

    [Fact]
    public async Task When_the_server_renews_its_certificate_calls_go_on_and_name_the_new_one()
    {
        using var before = Certificate();
        using var after = Certificate();
        var first = await StartAsync(before);
        using var client = await ClientAsync(first.Address, before, after);
        await GetAccountAsync(client);
        await first.DisposeAsync();

        await using var second = await StartAsync(after, first.Address.Port);
        await GetAccountOverNextConnectionAsync(client);

        // Nothing that was signed for the old certificate went to who holds the new one.
        second.Calls("GetAccount").Select(HashIn).ShouldBe([HashOf(after)]);
    }

    [Fact]
    public async Task A_server_whose_certificate_is_not_trusted_gets_neither_token_nor_proof()
    {
        using var certificate = Certificate();
        using var trusted = Certificate();
        await using var service = await StartAsync(certificate);
        using var client = await ClientAsync(service.Address, trusted);

        var refusal = await Given.RefusedAsync(() => GetAccountAsync(client));

        refusal.Reason.ShouldBeEmpty();
        refusal.StatusCode.ShouldBeOneOf(StatusCode.Unavailable, StatusCode.Internal);
        service.Calls("GetAccount").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://auth.example.org")]
    [InlineData("http://192.0.2.1:5080")]
    [InlineData("ftp://127.0.0.1")]
    public void Plaintext_beyond_loopback_is_refused_at_once(string address)
    {
        var options = new AuthServiceClientOptions { Address = new Uri(address) };

        Should.Throw<ArgumentException>(() => new AuthServiceClient(options)).Message.ShouldStartWith("Address:");
    }

    private static async Task<FakeService> StartAsync(X509Certificate2 certificate, int port = 0)
    {
        var service = await FakeService.StartAsync(certificate, port);
        service.On("CreateChallenge", _ => Given.Challenge(1));
        service.On("GetAccount", _ => new GetAccountResponse());
        return service;
    }

    private async Task<AuthServiceClient> ClientAsync(Uri address, params X509Certificate2[] trusted)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        foreach (var certificate in trusted)
            policy.CustomTrustStore.Add(certificate);

        return new AuthServiceClient(new AuthServiceClientOptions
        {
            Address = address,
            DeviceKey = _key,
            SessionStore = await Given.StoreAsync(Given.Session(deviceId: "dev_de_1")),
            CertificateChainPolicy = policy,
            Clock = Given.Clock(),
        });
    }

    private static async Task GetAccountAsync(AuthServiceClient client) =>
        await new AccountService.AccountServiceClient(client.Calls).GetAccountAsync(new GetAccountRequest());

    // A call on its way when the server went may fail: the client cannot know whether it arrived, so repeating it is the app's choice.
    private static async Task GetAccountOverNextConnectionAsync(AuthServiceClient client)
    {
        try
        {
            await GetAccountAsync(client);
        }
        catch (AuthServiceException gone) when (gone.StatusCode is StatusCode.Unavailable && gone.Message.Contains("ResponseEnded", StringComparison.Ordinal))
        {
            await GetAccountAsync(client);
        }
    }

    private static string HashIn(ReceivedCall call) => Convert.ToHexString(call.Proofs[0].ServerCertificateHash.Span);

    private static string HashOf(X509Certificate2 certificate) => Convert.ToHexString(SHA256.HashData(certificate.RawData));

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var today = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(today.AddDays(-1), today.AddDays(1));
    }
}
