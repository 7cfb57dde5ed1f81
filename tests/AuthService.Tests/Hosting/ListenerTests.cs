using System.Net;
using AuthService.Hosting.Serving;
using Microsoft.AspNetCore.Connections;

namespace AuthService.Tests.Hosting;

public sealed class ListenerTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("10.2.0.1", false)]
    [InlineData("203.0.113.7", false)]
    [InlineData("2001:db8::1", false)]
    public async Task Plaintext_is_served_to_loopback_and_the_named_networks_only(string peer, bool isServed)
    {
        var connection = new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(peer), 4711) };
        var served = false;
        var accept = Listener.Grpc.Accept(
            _ =>
            {
                served = true;
                return Task.CompletedTask;
            },
            [IPNetwork.Parse("10.1.0.0/16")]);

        await accept(connection);

        served.ShouldBe(isServed);
    }
}
