using AuthService.Protocol;
using AuthService.Security.Keys;
using AuthService.Tests.Risk;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Administration;

public sealed class RotateKeysTests : IAsyncLifetime
{
    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_repeated_request_makes_no_second_key()
    {
        var first = await _service.RotateAsync(KeyringUse.Pepper, requestId: "once");
        var again = await _service.RotateAsync(KeyringUse.Pepper, requestId: "once");

        again.ShouldBe(first);
        (await _service.KeysAsync(KeyringUse.Pepper)).Count.ShouldBe(2);
        (await _service.EventsAsync(EventType.KeysRotated)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_repeat_finishes_a_retirement_that_was_interrupted()
    {
        var old = (await _service.KeysAsync(KeyringUse.Signing)).Single().KeyId;
        var path = _service.Services.GetRequiredService<KeyringSource>().Path;
        var before = KeyringFile.ReadKeys(path);
        var made = await _service.ReplaceCompromisedAsync(KeyringUse.Signing, requestId: "once");
        KeyringFile.Write(path, [.. KeyringFile.ReadKeys(path), before.Single(key => key.Id.Value == old)]); // as if killed before

        await _service.ReplaceCompromisedAsync(KeyringUse.Signing, requestId: "once");

        (await _service.KeysAsync(KeyringUse.Signing)).ShouldHaveSingleItem().KeyId.ShouldBe(made.KeyId);
    }

    [Fact]
    public async Task Who_rotated_what_and_why_is_in_the_audit_log()
    {
        var key = await _service.RotateAsync(KeyringUse.Signing);

        var entry = (await _service.EventsAsync(EventType.KeysRotated)).ShouldHaveSingleItem();

        entry.Caller.ShouldNotBeEmpty();
        entry.Details.ShouldBe(
            new Dictionary<string, string>
            {
                ["use"] = "Signing", ["key_id"] = key.KeyId, ["lead_seconds"] = "5", ["compromised"] = "false", ["reason"] = "A test wants it so.",
            },
            ignoreOrder: true);
    }

    public static TheoryData<RotateKeysRequest, string> BadRequests => new()
    {
        { new RotateKeysRequest { Reason = "x" }, "use" },
        { new RotateKeysRequest { Use = (KeyringUse)99, Reason = "x" }, "use" },
        { new RotateKeysRequest { Use = KeyringUse.Population, Reason = "x" }, "use" },
        { new RotateKeysRequest { Use = KeyringUse.Signing }, "reason" },
        { new RotateKeysRequest { Use = KeyringUse.Signing, Reason = new string('x', 257) }, "reason" },
        { new RotateKeysRequest { Use = KeyringUse.Signing, Reason = "x", Lead = new Duration { Seconds = 4 } }, "lead" },
        { new RotateKeysRequest { Use = KeyringUse.Signing, Reason = "x", Lead = new Duration { Seconds = 604_801 } }, "lead" },
        { new RotateKeysRequest { Use = KeyringUse.Signing, Reason = "x", Lead = new Duration { Seconds = 60, Nanos = -1 } }, "lead" },
        { new RotateKeysRequest { Use = KeyringUse.Signing, Reason = "x", Compromised = true, Lead = new Duration { Seconds = 60 } }, "lead" },
        { new RotateKeysRequest { Use = KeyringUse.Messages, Reason = "x", Compromised = true }, "compromised" },
        { new RotateKeysRequest { Use = KeyringUse.EcvMac, Reason = "x", Compromised = true }, "compromised" },
        { new RotateKeysRequest { Use = KeyringUse.Signing, Reason = "x", RequestId = new string('x', 65) }, "request_id" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task What_cannot_be_done_is_told_and_changes_nothing(RotateKeysRequest request, string field)
    {
        var path = _service.Services.GetRequiredService<KeyringSource>().Path;
        var before = await File.ReadAllBytesAsync(path);

        var refused = await Refusals.OfAsync(_service.Admin.RotateKeysAsync(request, _service.AsAdmin));

        refused.Fields().ShouldBe([field]);
        (await File.ReadAllBytesAsync(path)).ShouldBe(before);
    }

    [Fact]
    public async Task A_keyring_that_may_not_be_written_is_told_and_nothing_is_recorded()
    {
        Directory.CreateDirectory(_service.Services.GetRequiredService<KeyringSource>().Path + ".lock");

        var request = new RotateKeysRequest { Use = KeyringUse.Pepper, Reason = "A test wants it so." };
        var refused = await Refusals.OfAsync(_service.Admin.RotateKeysAsync(request, _service.AsAdmin));

        (refused.StatusCode, refused.Reason()).ShouldBe((StatusCode.FailedPrecondition, ErrorReasons.KeyringReadOnly));
        (await _service.EventsAsync(EventType.KeysRotated)).ShouldBeEmpty();
        (await _service.KeysAsync(KeyringUse.Pepper)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task It_takes_an_operator()
    {
        var request = new RotateKeysRequest { Use = KeyringUse.Pepper, Reason = "x" };

        var rotating = await Refusals.OfAsync(_service.Admin.RotateKeysAsync(request, _service.AsService));
        var listing = await Refusals.OfAsync(_service.Admin.ListKeysAsync(new ListKeysRequest(), _service.AsService));

        (rotating.Reason(), listing.Reason()).ShouldBe((ErrorReasons.ScopeRequired, ErrorReasons.ScopeRequired));
    }

    [Fact]
    public async Task All_uses_are_listed_and_who_looked_is_on_record()
    {
        var keys = (await _service.Admin.ListKeysAsync(new ListKeysRequest(), _service.AsAdmin)).Keys;

        keys.Select(key => key.Use).ShouldBe(System.Enum.GetValues<KeyringUse>().Where(use => use != KeyringUse.Unspecified), ignoreOrder: true);
        keys.ShouldAllBe(key => key.State == KeyringKeyState.Current && !key.HasValuesLeft);
        (await _service.EventsAsync(EventType.KeysListed)).ShouldHaveSingleItem();
    }
}
