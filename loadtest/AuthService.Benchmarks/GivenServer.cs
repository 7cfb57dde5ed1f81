using System.Net;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Network;
using AuthService.Security.Keys;
using AuthService.Storage.Ids;

namespace AuthService.Benchmarks;

/// <summary>What the server's own parts are measured with: its keys, and a call by the owner of an account.</summary>
internal static class GivenServer
{
    public static readonly Keyring Keyring = new([.. Enum.GetValues<KeyUse>().Select(use => KeyringFile.Generate(use, TimeProvider.System))]);

    public static readonly AccountKeys Keys = AccountKeys.Generate(AccountId.Create("de", TimeProvider.System));

    public static readonly SessionId Session = SessionId.Create("de", TimeProvider.System);

    public static readonly DeviceId Device = DeviceId.Create("de", TimeProvider.System);

    public static readonly Call Login =
        new(RpcTable.Find("/authservice.v1.LoginService/Login")!, new ClientNetwork(IPAddress.Parse("203.0.113.7")));
}
