using AuthService.Protocol;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AuthService.Tests.Sessions;

/// <summary>A clock that is set, here or at another replica, makes nothing good again that no longer is.</summary>
public sealed class ClockJumpTests
{
    [Theory]
    [InlineData(-300)]
    [InlineData(-30)]
    [InlineData(300)]
    public async Task A_clock_that_is_set_makes_nothing_in_memory_good_for_longer(int seconds)
    {
        var clock = new SetClock();
        await using var service = await TestService.StartAsync(services: services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        var feed = service.Services.GetServices<IHostedService>().OfType<SessionFeed>().Single();

        clock.Ahead = TimeSpan.FromSeconds(seconds);

        feed.FreshUntil.ShouldBeLessThanOrEqualTo(clock.GetUtcNow() + SessionFeed.Freshness);
    }

    /// <summary>Who deletes what is over is one replica among many, and its clock may be ahead.</summary>
    [Fact]
    public async Task A_challenge_is_not_good_twice_though_a_replica_whose_clock_is_ahead_swept()
    {
        await using var service = await TestService.StartAsync();
        using var phone = await TestDevice.BindAsync(service, await (await SeededAccount.CreateAsync(service)).SignInAsync());
        var request = new ListDevicesRequest();
        var proof = await (phone.Proof(DeviceService.Descriptor, "ListDevices", request) with { Challenge = await phone.ChallengeAsync() }).ToMetadataAsync();
        await service.Devices.ListDevicesAsync(request, proof);

        service.Clock.AdjustTime(service.Clock.GetUtcNow().AddMinutes(5));
        await service.Services.GetServices<IHostedService>().OfType<ExpirySweeper>().Single().SweepAsync(CancellationToken.None);
        service.Clock.AdjustTime(service.Clock.GetUtcNow().AddMinutes(-5));

        (await Refusals.OfAsync(service.Devices.ListDevicesAsync(request, proof))).Reason().ShouldBe(ErrorReasons.InvalidProof);
    }

    /// <summary>The machine's, set to another time; its timestamps go on, as those of a machine do.</summary>
    private sealed class SetClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
