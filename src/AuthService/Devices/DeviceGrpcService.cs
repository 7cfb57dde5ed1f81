using AuthService.Hosting.Calls;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Devices;

/// <summary>Maps <c>DeviceService</c> to its use cases.</summary>
internal sealed class DeviceGrpcService(BindDevice bindDevice, ListDevices listDevices, UnbindDevice unbindDevice) : DeviceService.DeviceServiceBase
{
    public override Task<BindDeviceResponse> BindDevice(BindDeviceRequest request, ServerCallContext context) =>
        bindDevice.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<ListDevicesResponse> ListDevices(ListDevicesRequest request, ServerCallContext context) =>
        listDevices.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<UnbindDeviceResponse> UnbindDevice(UnbindDeviceRequest request, ServerCallContext context) =>
        unbindDevice.RunAsync(request, Call.Of(context), context.CancellationToken);
}
