using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AuthService.SystemTests.Harness;

/// <summary>For programs that cannot be told to take any port and say which.</summary>
public static class FreePort
{
    public static string Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
