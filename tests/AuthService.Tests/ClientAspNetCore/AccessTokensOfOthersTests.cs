using System.Security.Cryptography;
using AuthService.Client.AspNetCore;
using AuthService.Tests.Sessions;
using AuthService.V1;

namespace AuthService.Tests.ClientAspNetCore;

/// <summary>Which tokens a service takes, of all that somebody may send.</summary>
public sealed class AccessTokensOfOthersTests : AuthServiceWithServices
{
    /// <summary>Signed with the service's own key: only what was changed can be wrong.</summary>
    public static TheoryData<string, Action<Jwt>> Changes
    {
        get
        {
            var changes = new TheoryData<string, Action<Jwt>>
            {
                { "no generation", jwt => jwt.Payload.Remove("gen") },
                { "no time of issue", jwt => jwt.Payload.Remove("iat") },
                { "a confirmation that says nothing", jwt => jwt.Payload["cnf"] = "key" },
            };
            foreach (var (what, change) in Jwt.Faults)
                changes.Add(what, change);
            return changes;
        }
    }

    [Fact]
    public async Task A_live_sessions_token_signs_in_and_says_who()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var session = await SignInAsync(FactorKind.Password, FactorKind.Totp);

        var claims = await (await service.GetAsync("/claims", session.AccessToken)).Content.ReadAsStringAsync();

        claims.Split('\n').ShouldBe(
            [
                $"sub={session.AccountId}", $"sid={session.SessionId}", "acr=aal2", "amr=pwd", "amr=otp", "amr=mfa", "amr=rba", "scope=account",
                "scope=device",
            ],
            ignoreOrder: true);
        service.Questions.ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_token_only_what_is_open_is()
    {
        await using var service = await ProtectedService.StartAsync(Auth);

        var refused = await service.GetAsync("/claims", null);

        ((int)refused.StatusCode, refused.Headers.WwwAuthenticate.ToString()).ShouldBe((401, "Bearer"));
        (await service.GetAsync("/open", null)).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Changed_in_one_thing_it_is_refused(string what, Action<Jwt> change)
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var jwt = Jwt.Of(Auth, (await SignInAsync()).AccessToken);
        (await service.StatusAsync(jwt.Signed())).ShouldBe(200);

        change(jwt);
        var refused = await service.GetAsync("/claims", jwt.Signed());

        ((int)refused.StatusCode).ShouldBe(401, what);
        refused.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer error=\"invalid_token\"");
        service.Questions.ShouldBe(0);
    }

    [Fact]
    public async Task Unsigned_or_signed_by_somebody_else_it_is_refused()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var jwt = Jwt.Of(Auth, (await SignInAsync()).AccessToken);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var bySomebody = jwt.SignedBy(stranger);
        jwt.Header["alg"] = "none";
        var unsigned = jwt.Unsigned();
        jwt.Header["alg"] = "HS256";
        var confused = jwt.SignedWithHmacOfThePublicKey();

        foreach (var token in (string[])[bySomebody, unsigned, confused, "garbage", "a.b.c", "e30.e30.e30", "..", new string('a', 5000), "å.b.c"])
            (await service.StatusAsync(token)).ShouldBe(401, token);
        service.Questions.ShouldBe(0);
    }

    [Fact]
    public async Task Expired_it_is_refused()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var session = await SignInAsync();
        (await service.StatusAsync(session.AccessToken)).ShouldBe(200);

        await service.PassAsync(TimeSpan.FromMinutes(5));
        var refused = await service.GetAsync("/claims", session.AccessToken);

        refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"invalid_token\", error_description=\"The access token is expired.\"");
    }

    [Theory]
    [InlineData(KeyBoundTokens.Refuse, 401)]
    [InlineData(KeyBoundTokens.AcceptAsBearer, 200)]
    public async Task Bound_to_a_device_key_it_is_taken_only_by_who_says_so(KeyBoundTokens choice, int status)
    {
        await using var service = await ProtectedService.StartAsync(Auth, options => options.KeyBoundTokens = choice);
        var owner = await Owner.CreateAsync(Auth);
        var device = await owner.BindDeviceAsync();
        var session = await owner.SignInAsync(device, "", FactorKind.Password, FactorKind.DeviceKey);

        var answer = await service.GetAsync("/claims", session.AccessToken);

        ((int)answer.StatusCode).ShouldBe(status);
        if (status == 200)
            (await answer.Content.ReadAsStringAsync()).ShouldContain($"cnf_jkt={device.Row.KeyThumbprint}");
    }

    [Fact]
    public async Task As_many_are_remembered_as_was_said_and_the_others_are_good_too()
    {
        await using var service = await ProtectedService.StartAsync(Auth, options => options.TokensCached = 100);
        var jwt = Jwt.Of(Auth, (await SignInAsync()).AccessToken);
        for (var number = 0; number < 300; number++)
        {
            jwt.Payload["jti"] = $"{number}";
            (await service.StatusAsync(jwt.Signed())).ShouldBe(200);
        }

        service.TokensKnown.ShouldBeInRange(50, 100);
    }
}
