using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using AuthService.SystemTests.Harness;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.SystemTests;

/// <summary>The service of <c>examples/services/orders</c> beside AuthService, as its README has it.</summary>
public sealed partial class ExampleServiceTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Binary = Path.Combine(AppContext.BaseDirectory, "Orders.dll");

    private readonly DataFolder _data = new();
    private ServiceProcess _auth = null!;
    private ChildProcess _orders = null!;
    private Uri _address = null!;

    public async Task InitializeAsync()
    {
        _auth = await ServiceProcess.StartAsync(_data);
        _orders = ChildProcess.Start("dotnet", [
            Binary, "--urls=http://127.0.0.1:0", $"--AuthService:Address={_auth.GrpcAddress}", "--AuthService:Issuer=http://127.0.0.1:5081",
            $"--AuthService:CredentialFile={_data.PathOf("bootstrap/service.token")}",
        ]);
        using var patience = new CancellationTokenSource(Patience);
        var line = await _orders.Output.FirstAsync(text => Listening().IsMatch(text), patience.Token)
            ?? throw new InvalidOperationException($"The example ended instead of starting:\n{_orders.Output.Text}");
        _address = new Uri(Listening().Match(line).Groups["address"].Value);
    }

    public async Task DisposeAsync()
    {
        await _orders.DisposeAsync();
        await _auth.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Signed_in_it_answers_revoked_it_refuses_and_without_AuthService_it_lets_nobody_in()
    {
        var outbox = _data.Outbox();
        var (ada, ben) = (await Person.Number(1, "orders").SignUpAsync(_auth, outbox), await Person.Number(2, "orders").SignUpAsync(_auth, outbox));
        (await StatusAsync(HttpMethod.Get, "/orders")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(HttpMethod.Get, "/orders", ada)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(HttpMethod.Get, "/orders", ben)).ShouldBe(HttpStatusCode.OK);

        // Paying takes a second factor, which nobody has shown.
        using var payment = await SendAsync(HttpMethod.Post, "/orders/1/payment", ada);
        payment.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        payment.Headers.WwwAuthenticate.ToString().ShouldContain("acr_values=\"aal2\"");

        await _auth.Sessions.RevokeSessionAsync(
            new RevokeSessionRequest { SessionId = ada.SessionId }, ServiceProcess.From(Person.Number(1, "orders").Network, ada.AccessToken));
        (await OnceItIsNotAsync(HttpStatusCode.OK, ada)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(HttpMethod.Get, "/orders", ben)).ShouldBe(HttpStatusCode.OK);

        await _auth.KillAsync();
        (await OnceItIsNotAsync(HttpStatusCode.OK, ben)).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>The first status that is another one; it has to come before fresh_until and a question's patience are over.</summary>
    private async Task<HttpStatusCode> OnceItIsNotAsync(HttpStatusCode first, Session session)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (await StatusAsync(HttpMethod.Get, "/orders", session) is var status && status != first)
                return status;
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, Session? session = null)
    {
        using var response = await SendAsync(method, path, session);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Session? session)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(method, new Uri(_address, path));
        if (session is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken);
        return await client.SendAsync(request, CancellationToken.None);
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
