namespace AuthService.Cli.Demo;

/// <summary>Makes calls seem to come from an address: Development believes loopback's <c>X-Forwarded-For</c>.</summary>
internal sealed class FromAddress : DelegatingHandler
{
    public FromAddress(string address)
    {
        Address = address;
        InnerHandler = new SocketsHttpHandler { UseProxy = false };
    }

    /// <summary>Where the device is now. It may travel.</summary>
    public string Address { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove("X-Forwarded-For");
        request.Headers.Add("X-Forwarded-For", Address);
        return base.SendAsync(request, cancellationToken);
    }
}
