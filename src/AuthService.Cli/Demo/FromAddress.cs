namespace AuthService.Cli.Demo;

/// <summary>Makes calls seem to come from an address: Development believes loopback's <c>X-Forwarded-For</c>.</summary>
internal sealed class FromAddress : DelegatingHandler
{
    private const string CreateChallenge = "/CreateChallenge";

    public FromAddress(string address)
    {
        Address = address;
        InnerHandler = new SocketsHttpHandler { UseProxy = false };
    }

    /// <summary>Where the device is now. It may travel.</summary>
    public string Address { get; set; }

    /// <summary>Where its challenges are fetched instead, while somebody stands between; null while nobody does.</summary>
    public string? Relay { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isChallenge = request.RequestUri!.AbsolutePath.EndsWith(CreateChallenge, StringComparison.Ordinal);
        request.Headers.Remove("X-Forwarded-For");
        request.Headers.Add("X-Forwarded-For", isChallenge && Relay is { } relay ? relay : Address);
        return base.SendAsync(request, cancellationToken);
    }
}
