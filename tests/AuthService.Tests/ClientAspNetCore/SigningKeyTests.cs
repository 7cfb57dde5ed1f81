using AuthService.Tests.Sessions;
using AuthService.V1;

namespace AuthService.Tests.ClientAspNetCore;

/// <summary>The keys that tokens are verified with, as they come and go.</summary>
public sealed class SigningKeyTests : AuthServiceWithServices
{
    [Fact]
    public async Task Ids_that_strangers_make_up_cause_no_more_than_one_read_in_five_seconds()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var jwt = Jwt.Of(Auth, (await SignInAsync()).AccessToken);
        (await service.StatusAsync(jwt.Signed())).ShouldBe(200);
        var reads = service.Cable.Calls("ListSigningKeys");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => UnknownAsync(number)));
        var atOnce = service.Cable.Calls("ListSigningKeys") - reads;
        Auth.Clock.Advance(TimeSpan.FromSeconds(5));
        await Task.WhenAll(Enumerable.Range(50, 50).Select(number => UnknownAsync(number)));
        var later = service.Cable.Calls("ListSigningKeys") - reads;

        (atOnce, later).ShouldBe((0, 1));

        async Task UnknownAsync(int number)
        {
            var unknown = Jwt.Of(Auth, jwt.Signed());
            unknown.Header["kid"] = $"unknown{number}";
            (await service.StatusAsync(unknown.Signed())).ShouldBe(401);
        }
    }

    [Fact]
    public async Task A_compromised_key_ends_and_its_successor_is_found_within_ten_seconds()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var before = await SignInAsync();
        (await service.StatusAsync(before.AccessToken)).ShouldBe(200);

        await Auth.Admin.RotateKeysAsync(new RotateKeysRequest { Use = KeyringUse.Signing, Compromised = true, Reason = "test" }, Auth.AsAdmin);
        var after = await SignInAsync();
        Auth.Clock.Advance(TimeSpan.FromSeconds(5));

        (await service.StatusAsync(after.AccessToken)).ShouldBe(200);
        (await service.StatusAsync(before.AccessToken)).ShouldBe(401);
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_again_are_not_believed_for_long()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var session = await SignInAsync();
        (await service.StatusAsync(session.AccessToken)).ShouldBe(200);

        service.Cable.Cut("ListSigningKeys");
        await service.PassAsync(TimeSpan.FromSeconds(9));
        var before = await service.StatusAsync(session.AccessToken);
        await service.PassAsync(TimeSpan.FromSeconds(2));
        var after = await service.StatusAsync(session.AccessToken);
        service.Cable.Mend();
        await service.PassAsync(TimeSpan.FromSeconds(2));

        (before, after, await service.StatusAsync(session.AccessToken)).ShouldBe((200, 503, 200));
    }
}
