using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Protocol;
using AuthService.Storage;
using AuthService.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Hosting;

/// <summary>What no honest client sends, to every RPC that needs no person.</summary>
public sealed class MalformedMessageTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;

    public static TheoryData<string> Rpcs() =>
        new(RpcTable.Rules.Where(rule => rule.Callers != CallerKinds.User).Select(rule => rule.Rpc.Value));

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task A_message_that_is_no_protobuf_is_refused(string rpc)
    {
        var refusal = await Refusals.OfAsync(_service.CallAsync(RpcTable.Find(rpc)!.Rpc, [0xFF, 0xFF, 0xFF], _service.AsAdmin));

        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task A_message_that_is_too_large_is_refused(string rpc)
    {
        var refusal = await Refusals.OfAsync(_service.CallAsync(RpcTable.Find(rpc)!.Rpc, new byte[600 * 1024], _service.AsAdmin));

        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
    }

    [Fact]
    public async Task Text_that_is_no_UTF8_is_refused()
    {
        var rpc = TestProof.NameOf(AdminService.Descriptor, "UnlockAccount");
        byte[] reason = [0x1A, 0x02, 0xC3, 0x28];

        var refusal = await Refusals.OfAsync(_service.CallAsync(rpc, reason, _service.AsAdmin));

        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
    }

    [Fact]
    public async Task Fields_that_nobody_knows_are_ignored()
    {
        var rpc = TestProof.NameOf(SessionService.Descriptor, "ListSigningKeys");

        await Should.NotThrowAsync(async () => await _service.CallAsync(rpc, [0xFA, 0x3E, 0x03, 1, 2, 3]));
    }

    [Fact]
    public async Task Garbage_shows_in_the_log()
    {
        await Refusals.OfAsync(_service.CallAsync(TestProof.NameOf(LoginService.Descriptor, "CreateChallenge"), [0xFF], TestService.From("203.0.113.99")));
        await _service.Services.GetRequiredService<CountedEvents>().FlushAsync(CancellationToken.None);

        var rpcs = await _service.Services.GetRequiredService<Database>().ReadAsync(
            rows => rows.AuditEvents.Where(row => row.Type == (int)EventType.MalformedInput).Select(row => row.Rpc).ToListAsync(), CancellationToken.None);

        rpcs.ShouldContain("/authservice.v1.LoginService/CreateChallenge");
    }
}
