using AuthService.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting.Starting;

/// <summary>Tells that the service can be called: a line that starts with <c>ready</c>; in Development also how to begin.</summary>
internal static partial class Announcement
{
    public static void Write(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var (grpc, web) = (addresses.First(), addresses.Last());
        if (!app.Environment.IsDevelopment())
        {
            app.Logger.Ready(grpc, web);
            return;
        }

        var storage = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
        Console.WriteLine($"""

            AuthService in Development: plaintext, loopback, test keys. Not for anybody's real data.
              operator's token       {storage.FullPath("bootstrap/admin.token")}
              a service's token      {storage.FullPath("bootstrap/service.token")}
              mail and SMS it sends  {storage.FullPath("outbox/messages.jsonl")}
              first sign-up, login   README.md, or all of it at once: ./authctl demo

            ready grpc={grpc} web={web}
            """);
    }

    [LoggerMessage(4201, LogLevel.Information, "ready grpc={Grpc} web={Web}")]
    private static partial void Ready(this ILogger log, string grpc, string web);
}
