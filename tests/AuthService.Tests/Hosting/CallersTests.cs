using System.Net;
using AuthService.Administration;
using AuthService.Hosting.Calls;
using AuthService.Protocol;
using AuthService.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Hosting;

/// <summary>Who may call what: the table's second and third column, walked through the transport.</summary>
public sealed class CallersTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;

    public static TheoryData<string> ForServices() =>
        new(RpcTable.Rules.Where(rule => rule.Callers.HasFlag(CallerKinds.Service)).Select(rule => rule.Rpc.Value));

    public static TheoryData<string> ForServicesOnly() =>
        new(RpcTable.Rules.Where(rule => rule.Callers == CallerKinds.Service).Select(rule => rule.Rpc.Value));

    public static TheoryData<string> ForUsersOnly() =>
        new(RpcTable.Rules.Where(rule => rule.Callers == CallerKinds.User).Select(rule => rule.Rpc.Value));

    public static TheoryData<string> NotForAnyone() =>
        new(RpcTable.Rules.Where(rule => !rule.Callers.HasFlag(CallerKinds.Anyone)).Select(rule => rule.Rpc.Value));

    [Theory]
    [MemberData(nameof(ForServices))]
    public async Task A_credential_with_every_scope_but_the_one_needed_is_refused(string rpc)
    {
        var rule = Rule(rpc);
        var token = await IssueAsync(CredentialScopes.Of(Scopes.OfServices.Where(scope => scope != rule.Scope)));

        var refusal = await Refusals.OfAsync(_service.CallAsync(rule.Rpc, [], TestService.Bearer(token)));

        refusal.Reason().ShouldBe(ErrorReasons.ScopeRequired);
    }

    [Theory]
    [MemberData(nameof(ForServices))]
    public async Task A_credential_with_that_scope_alone_is_let_in(string rpc)
    {
        var rule = Rule(rpc);
        var token = await IssueAsync(CredentialScopes.Of(rule.Scope!));

        var reason = await ReasonAsync(rule, TestService.Bearer(token));

        reason.ShouldNotBeOneOf(ErrorReasons.ScopeRequired, ErrorReasons.CredentialRequired);
    }

    [Theory]
    [MemberData(nameof(NotForAnyone))]
    public async Task Without_a_credential_it_is_refused(string rpc) =>
        (await ReasonAsync(Rule(rpc), [])).ShouldBe(ErrorReasons.CredentialRequired);

    [Theory]
    [MemberData(nameof(ForServicesOnly))]
    public async Task A_person_s_token_is_none_of_a_service(string rpc)
    {
        var account = await SeededAccount.CreateAsync(_service);

        (await ReasonAsync(Rule(rpc), SeededAccount.As(await account.SignInAsync()))).ShouldBe(ErrorReasons.CredentialRequired);
    }

    [Theory]
    [MemberData(nameof(ForUsersOnly))]
    public async Task A_service_s_credential_is_none_of_a_person(string rpc) =>
        (await ReasonAsync(Rule(rpc), _service.AsAdmin)).ShouldBe(ErrorReasons.CredentialRequired);

    [Theory]
    [InlineData("")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Bearer ")]
    [InlineData("Bearer as_service_")]
    [InlineData("Bearer as_service_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.e30.")]
    public async Task A_credential_that_is_none_is_refused(string authorization)
    {
        var rule = Rule("/authservice.v1.AdminService/LookUpAccount");

        (await ReasonAsync(rule, new Grpc.Core.Metadata { { "authorization", authorization } })).ShouldBe(ErrorReasons.CredentialRequired);
    }

    [Fact]
    public async Task Two_credentials_are_refused()
    {
        var metadata = _service.AsAdmin;
        metadata.Add("authorization", "Bearer other");

        (await ReasonAsync(Rule("/authservice.v1.AdminService/LookUpAccount"), metadata)).ShouldBe(ErrorReasons.CredentialRequired);
    }

    [Theory]
    [InlineData("application/grpc", 200, "16")]
    [InlineData("application/grpc+proto", 200, "16")]
    [InlineData("application/grpc-web", 200, "16")]
    [InlineData("Application/gRPC", 415, null)]
    [InlineData("application/json", 415, null)]
    [InlineData("", 415, null)]
    public async Task However_its_content_type_is_spelt_no_call_gets_past_the_pipeline(string contentType, int httpStatus, string? grpcStatus)
    {
        using var handler = new SocketsHttpHandler();
        using var http = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var content = new ByteArrayContent([0, 0, 0, 0, 0]);
        content.Headers.TryAddWithoutValidation("content-type", contentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_service.Address}/authservice.v1.SessionService/ValidateSession") { Content = content };
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;

        using var response = await http.SendAsync(request);

        var status = response.Headers.TryGetValues("grpc-status", out var values) ? values.Single() : null;
        response.StatusCode.ShouldBe((HttpStatusCode)httpStatus);
        status.ShouldBe(grpcStatus);
    }

    [Fact]
    public async Task An_RPC_that_nobody_declared_is_refused()
    {
        RpcName.TryParse("/authservice.v1.AdminService/DropEverything", out var rpc).ShouldBeTrue();

        var refusal = await Refusals.OfAsync(_service.CallAsync(rpc, [], _service.AsAdmin));

        refusal.StatusCode.ShouldBe(Grpc.Core.StatusCode.Unimplemented);
        refusal.Reason().ShouldBe(ErrorReasons.NotFound);
    }

    private static RpcRule Rule(string rpc) => RpcTable.Find(rpc).ShouldNotBeNull();

    private async Task<string> ReasonAsync(RpcRule rule, Grpc.Core.Metadata metadata)
    {
        try
        {
            await _service.BeginAsync(rule.Rpc, [], metadata);
            return "";
        }
        catch (Grpc.Core.RpcException refusal)
        {
            return refusal.Reason();
        }
    }

    private Task<string> IssueAsync(CredentialScopes scopes)
    {
        CredentialName.TryParse("some-service", out var name).ShouldBeTrue();
        var credentials = _service.Services.GetRequiredService<ServiceCredentials>();
        return _service.Services.GetRequiredService<Database>().WriteAsync(
            work => Task.FromResult(
                credentials.Issue(work, new CredentialGrant(name, scopes, work.Now + TimeSpan.FromDays(1))).Token.Value),
            CancellationToken.None);
    }
}
