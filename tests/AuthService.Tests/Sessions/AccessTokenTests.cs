using System.Security.Cryptography;
using AuthService.Protocol;
using AuthService.V1;

namespace AuthService.Tests.Sessions;

public sealed class AccessTokenTests(SessionsFixture given) : IClassFixture<SessionsFixture>
{
    private TestService Service => given.Service;

    /// <summary>Signed with the service's own key: only what was changed can be wrong.</summary>
    public static TheoryData<string, Action<Jwt>> Changes
    {
        get
        {
            var changes = new TheoryData<string, Action<Jwt>>
            {
                { "a session that is none", jwt => jwt.Payload["sid"] = "ses_de_" },
            };
            foreach (var (what, change) in Jwt.Faults)
                changes.Add(what, change);
            return changes;
        }
    }

    [Fact]
    public async Task It_is_what_RFC_9068_asks_for()
    {
        var owner = await Owner.CreateAsync(Service);

        var session = await owner.SignInAsync(FactorKind.Password, FactorKind.Totp);

        var now = Service.Clock.GetUtcNow().ToUnixTimeSeconds();
        var jwt = Jwt.Of(Service, session.AccessToken);
        jwt.Header.Select(header => header.Key).ShouldBe(["alg", "kid", "typ"], ignoreOrder: true);
        jwt.Header["typ"]!.GetValue<string>().ShouldBe("at+jwt");
        jwt.Header["alg"]!.GetValue<string>().ShouldBe("ES256");
        jwt.Payload.ToDictionary(claim => claim.Key, claim => claim.Value!.ToJsonString().Trim('"')).ShouldBe(
            new Dictionary<string, string>
            {
                ["iss"] = "http://127.0.0.1:5081",
                ["aud"] = "authservice/de",
                ["sub"] = owner.Account.Value,
                ["sid"] = session.SessionId,
                ["client_id"] = "authservice",
                ["scope"] = "account device",
                ["amr"] = """["pwd","otp","mfa","rba"]""",
                ["acr"] = "aal2",
                ["auth_time"] = $"{now}",
                ["iat"] = $"{now}",
                ["exp"] = $"{now + 300}",
                ["jti"] = jwt.Payload["jti"]!.GetValue<string>(),
                ["gen"] = "0",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task It_names_the_key_of_the_device_that_its_session_is_bound_to()
    {
        var owner = await Owner.CreateAsync(Service);
        var device = await owner.BindDeviceAsync();

        var session = await owner.SignInAsync(device, "", FactorKind.Password, FactorKind.DeviceKey);

        var jwt = Jwt.Of(Service, session.AccessToken);
        jwt.Payload["device_id"]!.GetValue<string>().ShouldBe(device.Row.Id);
        jwt.Payload["cnf"]!["jkt"]!.GetValue<string>().ShouldBe(device.Key.PublicKey.Thumbprint);
    }

    [Fact]
    public async Task Put_together_unchanged_it_is_good()
    {
        var jwt = await GoodAsync();

        (await given.ValidateAsync(jwt.Signed())).Active.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task With_something_changed_it_is_none_of_ours(string what, Action<Jwt> change)
    {
        var jwt = await GoodAsync();
        change(jwt);

        (await given.ValidateAsync(jwt.Signed())).Reason.ShouldBe(InactiveReason.Invalid, what);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("ES256")]
    public async Task Without_a_signature_it_is_none_of_ours(string algorithm)
    {
        var jwt = await GoodAsync();
        jwt.Header["alg"] = algorithm;

        (await given.ValidateAsync(jwt.Unsigned())).Reason.ShouldBe(InactiveReason.Invalid);
    }

    [Fact]
    public async Task With_the_public_key_taken_for_a_secret_it_is_none_of_ours()
    {
        var jwt = await GoodAsync();
        jwt.Header["alg"] = "HS256";

        (await given.ValidateAsync(jwt.SignedWithHmacOfThePublicKey())).Reason.ShouldBe(InactiveReason.Invalid);
    }

    [Fact]
    public async Task Signed_by_another_key_under_our_keys_id_it_is_none_of_ours()
    {
        var jwt = await GoodAsync();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        (await given.ValidateAsync(jwt.SignedBy(other))).Reason.ShouldBe(InactiveReason.Invalid);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(300)]
    public async Task Truncated_it_is_none_of_ours(int by)
    {
        var token = (await GoodAsync()).Signed();

        (await given.ValidateAsync(token[..^by])).Reason.ShouldBe(InactiveReason.Invalid);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("Zürich")]
    [InlineData("rt_AAAA")]
    public async Task A_text_that_is_no_token_is_none_of_ours(string text)
    {
        (await given.ValidateAsync(text)).Reason.ShouldBe(InactiveReason.Invalid);
    }

    [Fact]
    public async Task Text_without_end_is_not_looked_at()
    {
        (await given.ValidateAsync(new string('a', 100_000))).Reason.ShouldBe(InactiveReason.Invalid);
    }

    [Fact]
    public async Task A_token_of_a_session_that_is_not_there_is_revoked()
    {
        var jwt = await GoodAsync();
        jwt.Payload["sid"] = AuthService.Storage.Ids.SessionId.Create("de", Service.Clock).Value;

        (await given.ValidateAsync(jwt.Signed())).Reason.ShouldBe(InactiveReason.Revoked);
    }

    [Fact]
    public async Task It_carries_the_scopes_of_users_and_no_others()
    {
        var owner = await Owner.CreateAsync(Service);

        var session = await owner.SignInAsync();

        (await given.ValidateAsync(session.AccessToken, "", "account", "device")).Active.ShouldBeTrue();
        (await given.ValidateAsync(session.AccessToken, "", Scopes.Admin)).Reason.ShouldBe(InactiveReason.ScopeMissing);
    }

    private async Task<Jwt> GoodAsync()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();
        return Jwt.Of(Service, session.AccessToken);
    }
}
