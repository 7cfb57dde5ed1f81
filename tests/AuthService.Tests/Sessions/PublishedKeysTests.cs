using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AuthService.V1;

namespace AuthService.Tests.Sessions;

public sealed class PublishedKeysTests(SessionsFixture given) : IClassFixture<SessionsFixture>, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private TestService Service => given.Service;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task An_access_token_is_verified_with_the_key_set_alone()
    {
        var owner = await Owner.CreateAsync(Service);
        var token = (await owner.SignInAsync()).AccessToken;

        var keys = (await GetAsync("/.well-known/jwks.json"))["keys"]!.AsArray();

        var key = keys.Single(key => key!["kid"]!.GetValue<string>() == Jwt.Of(Service, token).Header["kid"]!.GetValue<string>())!;
        using var verifying = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Base64Url.DecodeFromChars(key["x"]!.GetValue<string>()),
                Y = Base64Url.DecodeFromChars(key["y"]!.GetValue<string>()),
            },
        });
        IsGood(verifying, token).ShouldBeTrue();
    }

    [Fact]
    public async Task A_key_set_holds_nothing_that_is_private()
    {
        var keys = (await GetAsync("/.well-known/jwks.json"))["keys"]!.AsArray();

        foreach (var key in keys)
            key!.AsObject().Select(member => member.Key).ShouldBe(["kty", "crv", "x", "y", "kid", "alg", "use"]);
    }

    [Fact]
    public async Task An_access_token_is_verified_with_the_keys_that_the_RPC_lists()
    {
        var owner = await Owner.CreateAsync(Service);
        var token = (await owner.SignInAsync()).AccessToken;

        var keys = (await Service.Sessions.ListSigningKeysAsync(new ListSigningKeysRequest())).Keys;

        using var verifying = ECDsa.Create();
        verifying.ImportSubjectPublicKeyInfo(keys.ShouldHaveSingleItem().PublicKey.Span, out _);
        IsGood(verifying, token).ShouldBeTrue();
    }

    [Theory]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/.well-known/openid-configuration")]
    public async Task The_metadata_leads_to_the_key_set(string path)
    {
        var metadata = await GetAsync(path);

        metadata["issuer"]!.GetValue<string>().ShouldBe("http://127.0.0.1:5081");
        metadata["jwks_uri"]!.GetValue<string>().ShouldBe("http://127.0.0.1:5081/.well-known/jwks.json");
    }

    private static bool IsGood(ECDsa key, string token)
    {
        var end = token.LastIndexOf('.');
        return key.VerifyData(
            Encoding.ASCII.GetBytes(token[..end]), Base64Url.DecodeFromChars(token.AsSpan(end + 1)), HashAlgorithmName.SHA256);
    }

    private async Task<JsonObject> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonObject>(Service.WebAddress + path))!;
}
