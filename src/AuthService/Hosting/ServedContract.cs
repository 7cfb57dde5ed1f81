using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Health.V1;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace AuthService.Hosting;

/// <summary>What this service offers, as protobuf knows it.</summary>
public static class ServedContract
{
    public static IReadOnlyList<ServiceDescriptor> Services { get; } =
    [
        AccountService.Descriptor,
        AdminService.Descriptor,
        AuditService.Descriptor,
        DeviceService.Descriptor,
        EcvService.Descriptor,
        LoginService.Descriptor,
        SessionService.Descriptor,
    ];

    /// <summary>
    /// A FileDescriptorSet: every file of the contract after those that it imports, the details of errors (which the contract does
    /// not import, since they travel packed) and gRPC's own health service. Enough for grpcurl, buf curl and code generators.
    /// </summary>
    public static byte[] DescriptorSet()
    {
        var set = new FileDescriptorSet();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        FileDescriptor[] roots =
        [
            .. Services.Select(service => service.File), DeviceProof.Descriptor.File, ErrorInfo.Descriptor.File, HealthReflection.Descriptor,
        ];
        foreach (var file in roots)
            Add(file);
        return set.ToByteArray();

        void Add(FileDescriptor file)
        {
            if (!seen.Add(file.Name))
                return;
            foreach (var import in file.Dependencies)
                Add(import);
            set.File.Add(FileDescriptorProto.Parser.ParseFrom(file.SerializedData));
        }
    }
}
