using System.Net;
using Microsoft.AspNetCore.Connections;

namespace AuthService.Hosting.Serving;

/// <summary>Which of the two listeners a connection came to. A feature of the connection.</summary>
/// <remarks>A port number would not do: it may have been left to the system, and a proxy may map it.</remarks>
internal sealed class Listener
{
    public static readonly Listener Grpc = new();
    public static readonly Listener Web = new();

    private Listener()
    {
    }

    /// <summary>Marks a listener's connections as its own, and hangs up on those that may not speak plaintext.</summary>
    /// <param name="plaintextFrom">The networks that may connect, beside loopback; null: anybody, since TLS follows.</param>
    public ConnectionDelegate Accept(ConnectionDelegate next, IReadOnlyList<IPNetwork>? plaintextFrom) => connection =>
    {
        if (plaintextFrom is not null && !MayConnect(connection.RemoteEndPoint, plaintextFrom))
        {
            connection.Abort();
            return Task.CompletedTask;
        }

        connection.Features.Set(this);
        return next(connection);
    };

    private static bool MayConnect(EndPoint? peer, IReadOnlyList<IPNetwork> networks)
    {
        if (peer is not IPEndPoint { Address: var address })
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || networks.Any(network => network.Contains(plain));
    }
}
