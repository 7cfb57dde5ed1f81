using System.Net;

namespace AuthService.SystemTests.Harness;

public static class WebPage
{
    /// <summary>What a GET answers.</summary>
    public static async Task<string> ReadAsync(Uri address)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await client.SendAsync(request, CancellationToken.None);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, address.ToString());
        return await response.Content.ReadAsStringAsync();
    }
}
