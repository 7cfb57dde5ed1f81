using System.Text.Json;
using AuthService.Messaging;
using AuthService.Storage.Rows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthService.Tests.Messaging;

public sealed class SmsSenderTests : IAsyncLifetime
{
    private static readonly Message Code = new(ContactKind.Phone, "+4915112345678", MessageTemplate.StepUp, "en", "123456");

    private WebApplication _gateway = null!;
    private int _answer = StatusCodes.Status202Accepted;
    private string _authorization = "";
    private JsonElement _posted;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _gateway = builder.Build();
        _gateway.Run(async call =>
        {
            _authorization = call.Request.Headers.Authorization.ToString();
            _posted = await call.Request.ReadFromJsonAsync<JsonElement>();
            call.Response.StatusCode = _answer;
        });
        await _gateway.StartAsync();
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task The_gateway_gets_number_and_text_and_our_token()
    {
        await SendAsync();

        _authorization.ShouldBe("Bearer gateway-token");
        _posted.GetProperty("to").GetString().ShouldBe("+4915112345678");
        _posted.GetProperty("text").GetString().ShouldNotBeNull().ShouldStartWith("123456 is your code to sign in.");
    }

    [Theory]
    [InlineData(StatusCodes.Status400BadRequest)]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status422UnprocessableEntity)]
    public async Task A_number_that_the_gateway_does_not_take_is_refused_for_good(int answer)
    {
        _answer = answer;

        await Should.ThrowAsync<MessageRefusedException>(SendAsync);
    }

    [Theory]
    [InlineData(StatusCodes.Status401Unauthorized)]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    public async Task What_may_pass_later_is_not_refused_for_good(int answer)
    {
        _answer = answer;

        await Should.ThrowAsync<HttpRequestException>(SendAsync);
    }

    private async Task SendAsync()
    {
        await using var services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        var options = new MessagingOptions { Sms = new SmsOptions { GatewayUrl = new Uri(_gateway.Urls.First()), Token = "gateway-token" } };
        var sender = new SmsSender(services.GetRequiredService<IHttpClientFactory>(), Options.Create(options), TimeProvider.System);
        await sender.SendAsync(Code, default);
    }
}
