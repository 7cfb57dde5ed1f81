using AuthService.Client;
using AuthService.Client.Keys;
using AuthService.Client.Sessions;
using AuthService.Protocol;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Session = AuthService.V1.Session;

namespace AuthService.Tests.Client;

/// <summary>What the tests of the SDK start from.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider Clock() => new(Now);

    /// <summary>The n-th session of a family: five minutes from <see cref="Now"/>, unless said otherwise.</summary>
    public static Session Session(int generation = 1, string deviceId = "", DateTimeOffset? expiresAt = null, string deviceToken = "") => new()
    {
        SessionId = "ses_de_1",
        AccountId = "acc_de_1",
        AccessToken = $"access-{generation}",
        RefreshToken = $"refresh-{generation}",
        AccessExpiresAt = Timestamp.FromDateTimeOffset(expiresAt ?? Now.AddMinutes(5)),
        RefreshExpiresAt = Timestamp.FromDateTimeOffset(Now.AddDays(30)),
        DeviceId = deviceId,
        DeviceToken = deviceToken,
        Aal = AssuranceLevels.Aal1,
        Amr = { AuthenticationMethods.Password },
    };

    /// <summary>A store as an earlier run of the app left it.</summary>
    public static async Task<MemorySessionStore> StoreAsync(Session session)
    {
        var store = new MemorySessionStore();
        await store.SaveAsync(Stored(session), CancellationToken.None);
        return store;
    }

    public static StoredSignIn Stored(Session session) => new()
    {
        Session = new ClientSession
        {
            SessionId = session.SessionId,
            AccountId = session.AccountId,
            DeviceId = session.DeviceId,
            AccessToken = session.AccessToken,
            AccessExpiresAt = session.AccessExpiresAt.ToDateTimeOffset(),
            RefreshToken = session.RefreshToken,
            RefreshExpiresAt = session.RefreshExpiresAt.ToDateTimeOffset(),
            Aal = session.Aal,
            Amr = [.. session.Amr],
        },
        DeviceId = session.DeviceId,
        DeviceToken = session.DeviceToken,
    };

    public static AuthServiceClient Client(Uri address, ISessionStore store, IDeviceKey? key = null, TimeProvider? clock = null) =>
        new(new AuthServiceClientOptions { Address = address, SessionStore = store, DeviceKey = key, Clock = clock ?? Clock() });

    /// <summary>A refusal in the form of AIP-193.</summary>
    public static RpcException Refusal(Code code, string reason, params IMessage[] details)
    {
        var status = new Google.Rpc.Status { Code = (int)code, Message = "refused" };
        status.Details.Add(Any.Pack(new ErrorInfo { Reason = reason, Domain = ErrorDomain.Name }));
        foreach (var detail in details)
            status.Details.Add(Any.Pack(detail));
        return status.ToRpcException();
    }

    public static CreateChallengeResponse Challenge(byte content) => new() { Challenge = ByteString.CopyFrom(new byte[] { content, content }) };

    public static async Task<AuthServiceException> RefusedAsync(Func<Task> call) => await Should.ThrowAsync<AuthServiceException>(call);
}
