using AuthService.Client.Keys;
using AuthService.Protocol.Proofs;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace AuthService.Tests;

/// <summary>A phone: a key, and, once it is bound, a session that is bound to it.</summary>
public sealed class TestDevice : IDisposable
{
    private readonly TestService _service;

    private TestDevice(TestService service) => _service = service;

    public SoftwareDeviceKey Key { get; } = SoftwareDeviceKey.Generate();

    public Device Device { get; private set; } = new();

    public Session Session { get; set; } = new();

    /// <summary>A key that is bound to nothing yet.</summary>
    public static TestDevice Unbound(TestService service) => new(service);

    /// <summary>Binds a new key through the RPC.</summary>
    /// <param name="session">Fresh; bound to no key, or to the countersigner's.</param>
    public static async Task<TestDevice> BindAsync(TestService service, Session session, TestDevice? countersigner = null)
    {
        var device = new TestDevice(service);
        await device.BindAsync(session, countersigner);
        return device;
    }

    public async Task<BindDeviceResponse> BindAsync(Session session, TestDevice? countersigner = null, BindDeviceRequest? request = null)
    {
        request ??= ToBind();
        var answer = await _service.Devices.BindDeviceAsync(request, await BindMetadataAsync(request, session, countersigner));
        (Device, Session) = (answer.Device, answer.Session);
        return answer;
    }

    public BindDeviceRequest ToBind() => new()
    {
        PublicKey = ByteString.CopyFrom(Key.PublicKey.SubjectPublicKeyInfo.Span),
        Name = "Ada's phone",
        Category = "phone",
    };

    /// <summary>The new key's proof, and the countersigner's.</summary>
    public async Task<Metadata> BindMetadataAsync(BindDeviceRequest request, Session session, TestDevice? countersigner = null)
    {
        var rpc = TestProof.NameOf(DeviceService.Descriptor, "BindDevice");
        var proof = new TestProof(Key, rpc, request, _service.Clock.GetUtcNow()) { Token = session.AccessToken };
        var metadata = await proof.ToMetadataAsync();
        if (countersigner is not null)
        {
            var counter = new TestProof(countersigner.Key, rpc, request, _service.Clock.GetUtcNow())
            {
                DeviceId = countersigner.Device.DeviceId,
                Token = session.AccessToken,
            };
            metadata.Add(ProofMetadata.Name, (await counter.SignAsync()).ToByteArray());
        }

        return metadata;
    }

    /// <summary>A proof for a call in this device's own session.</summary>
    public TestProof Proof(ServiceDescriptor service, string rpc, IMessage request) =>
        new(Key, TestProof.NameOf(service, rpc), request, _service.Clock.GetUtcNow())
        {
            DeviceId = Device.DeviceId,
            Token = Session.AccessToken,
        };

    /// <summary>A challenge, as asked for from an address.</summary>
    public async Task<ReadOnlyMemory<byte>> ChallengeAsync(ChallengePurpose purpose = ChallengePurpose.Call, string from = "198.51.100.7") =>
        (await _service.Logins.CreateChallengeAsync(new CreateChallengeRequest { Purpose = purpose }, TestService.From(from))).Challenge.Memory;

    public void Dispose() => Key.Dispose();
}
