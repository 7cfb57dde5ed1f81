using AuthService.Security.Proofs;
using AuthService.Storage;
using AuthService.Storage.Rows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthService.Tests.Security.Proofs;

public sealed class DeviceSightingsTests(SharedService shared) : IClassFixture<SharedService>
{
    [Fact]
    public void However_many_devices_are_seen_a_bounded_number_waits_to_be_written()
    {
        using var sut = new DeviceSightings(
            shared.Service.Services.GetRequiredService<Database>(), shared.Service.Clock, NullLogger<DeviceSightings>.Instance);

        for (var number = 0; number < DeviceSightings.MostDevices + 1_000; number++)
            sut.Note(new DeviceRow { Id = $"dev_{number}", AccountId = "", PublicKey = [], KeyThumbprint = "", NameSealed = [], Category = "" });

        sut.Waiting.ShouldBe(DeviceSightings.MostDevices);
    }
}
