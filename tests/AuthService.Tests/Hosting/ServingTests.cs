using System.Net;
using AuthService.Hosting;
using AuthService.Protocol;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace AuthService.Tests.Hosting;

public sealed class ServingTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task Two_services_in_one_process_do_not_share_ports()
    {
        await using var other = await TestService.StartAsync();

        new[] { _service.Address, _service.WebAddress, other.Address, other.WebAddress }.ShouldBeUnique();
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/healthz")]
    [InlineData("/descriptors.binpb")]
    public async Task The_gRPC_port_serves_nothing_of_the_web(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _service.Address + path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var answer = await _http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task The_web_port_serves_no_RPC()
    {
        using var call = new ByteArrayContent([0, 0, 0, 0, 0]);
        call.Headers.ContentType = new("application/grpc");

        using var answer = await _http.PostAsync(new Uri(_service.WebAddress + "/authservice.v1.LoginService/CreateChallenge"), call);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Headers.Contains("grpc-status").ShouldBeFalse();
    }

    [Fact]
    public async Task What_the_web_port_answers_is_neither_kept_nor_framed_nor_sniffed()
    {
        using var answer = await _http.GetAsync(new Uri(_service.WebAddress + "/healthz"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; frame-ancestors 'none'"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task Metrics_are_for_those_who_may_read_them()
    {
        var here = await MetricsAsync(forwardedFor: null);
        var elsewhere = await MetricsAsync(forwardedFor: "203.0.113.7");

        (here, elsewhere).ShouldBe((HttpStatusCode.OK, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task The_published_contract_is_complete()
    {
        var bytes = await _http.GetByteArrayAsync(new Uri(_service.WebAddress + "/descriptors.binpb"));

        // Fails if a file comes before one that it imports, or without it.
        var files = FileDescriptor.BuildFromByteStrings(
            FileDescriptorSet.Parser.ParseFrom(bytes).File.Select(file => ByteString.CopyFrom(file.ToByteArray())));
        var services = files.SelectMany(file => file.Services).Select(service => service.FullName).ToList();
        services.ShouldBe([.. ServedContract.Services.Select(service => service.FullName), "grpc.health.v1.Health"], ignoreOrder: true);
        files.SelectMany(file => file.MessageTypes).ShouldContain(message => message.FullName == "google.rpc.ErrorInfo");
    }

    /// <summary>Calls have no scope of their own: a handler made for a call would never be disposed of, nor what it was made with.</summary>
    [Fact]
    public void Handlers_are_made_once()
    {
        var handlers = typeof(ServedContract).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.BaseType?.GetCustomAttributes(typeof(BindServiceMethodAttribute), inherit: false).Length > 0).ToList();

        handlers.Count.ShouldBe(ServedContract.Services.Count);
        foreach (var handler in handlers)
            _service.Services.GetService(handler).ShouldNotBeNull(handler.Name).ShouldBeSameAs(_service.Services.GetService(handler));
    }

    [Fact]
    public async Task Metrics_tell_how_long_calls_took_and_leave_out_what_is_counted_up_and_down_with_each()
    {
        await _service.Logins.CreateChallengeAsync(new CreateChallengeRequest { Purpose = ChallengePurpose.Login });

        var metrics = await _http.GetStringAsync(new Uri(_service.WebAddress + "/metrics"));

        metrics.ShouldContain("http_server_request_duration_seconds_count");
        metrics.ShouldContain("CreateChallenge");
        metrics.ShouldContain("authservice_concurrency_calls");
        metrics.ShouldNotContain("http_server_active_requests");
        metrics.ShouldNotContain("kestrel_queued_requests");
    }

    [Fact]
    public async Task A_message_of_ten_megabytes_is_refused()
    {
        var request = new LoginRequest { Identifier = new string('a', 10 * 1024 * 1024), Password = "x" };

        var refusal = await Should.ThrowAsync<RpcException>(async () => await _service.Logins.LoginAsync(request));

        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refusal.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason.ShouldBe(ErrorReasons.InvalidField);
    }

    [Fact]
    public async Task A_compressed_message_is_not_unpacked()
    {
        var request = new LoginRequest { Identifier = new string('a', 1000), Password = "x" };

        var refusal = await Should.ThrowAsync<RpcException>(async () =>
            await _service.Logins.LoginAsync(request, new Metadata { { "grpc-internal-encoding-request", "gzip" } }));

        refusal.StatusCode.ShouldBe(StatusCode.Unimplemented);
        refusal.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().ShouldNotBeNull();
    }

    private async Task<HttpStatusCode> MetricsAsync(string? forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _service.WebAddress + "/metrics");
        if (forwardedFor is not null)
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }
}
