using AuthService.Client.Keys;

namespace AuthService.Client.Calls;

/// <summary>A key, and the device it is bound as.</summary>
/// <param name="DeviceId">Empty for the new key of BindDevice.</param>
internal readonly record struct Prover(IDeviceKey Key, string DeviceId);
