using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace AuthService.Messaging;

/// <summary>Hands SMS to an HTTP gateway; see <see cref="SmsOptions"/>.</summary>
internal sealed class SmsSender(IHttpClientFactory clients, IOptions<MessagingOptions> options, TimeProvider clock)
{
    /// <summary>The name of its client at the factory.</summary>
    public const string Client = "sms";

    public async Task SendAsync(Message message, CancellationToken cancellationToken)
    {
        var sms = options.Value.Sms;
        using var timeout = new CancellationTokenSource(sms.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);

        using var client = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Post, sms.GatewayUrl)
        {
            Content = JsonContent.Create(new Sms(message.To, MessageTexts.Of(message).Body), SmsJson.Default.Sms),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sms.Token);
        using var response = await client.SendAsync(request, either.Token);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity)
            throw new MessageRefusedException($"the gateway does not take it ({(int)response.StatusCode})");
        response.EnsureSuccessStatusCode();
    }
}

/// <param name="To">E.164.</param>
internal sealed record Sms(string To, string Text);

[JsonSerializable(typeof(Sms))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class SmsJson : JsonSerializerContext;
