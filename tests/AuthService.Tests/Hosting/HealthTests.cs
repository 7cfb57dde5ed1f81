using AuthService.Hosting;
using AuthService.Hosting.Serving;
using AuthService.Hosting.Starting;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;
using AuthService.Tests.Stores;

namespace AuthService.Tests.Hosting;

public sealed class HealthTests
{
    [Fact]
    public async Task Every_service_is_healthy_by_its_own_name()
    {
        await using var service = await TestService.StartAsync();

        var statuses = new List<ServingStatus>();
        foreach (var name in ServedContract.Services.Select(served => served.FullName).Append(""))
            statuses.Add(await StatusAsync(service, name));

        statuses.ShouldAllBe(status => status == ServingStatus.Serving);
    }

    [Fact]
    public async Task A_service_that_does_not_exist_has_no_health()
    {
        await using var service = await TestService.StartAsync();

        var refusal = await Should.ThrowAsync<RpcException>(() => StatusAsync(service, "authservice.v1.NoSuchService"));

        refusal.StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Health_turns_before_anything_else_stops()
    {
        await using var service = await TestService.StartAsync();
        var draining = service.Services.GetServices<IHostedService>().OfType<IHostedLifecycleService>();

        foreach (var part in draining)
            await part.StoppingAsync(CancellationToken.None);

        (await StatusAsync(service, "authservice.v1.LoginService")).ShouldBe(ServingStatus.NotServing);
    }

    [Fact]
    public async Task Without_its_store_no_service_is_healthy()
    {
        await using var service = await TestService.StartAsync();
        await TestStore.LoseAsync(service);
        service.Clock.Advance(TimeSpan.FromSeconds(2));

        var status = await StatusAsync(service, "authservice.v1.LoginService");

        status.ShouldBe(ServingStatus.NotServing);
    }

    [Fact]
    public async Task The_probe_asks_the_service_on_this_machine()
    {
        await using var service = await TestService.StartAsync();
        var serving = new ServingOptions { Address = "0.0.0.0", GrpcPort = new Uri(service.Address).Port };

        var answer = await Probe.AskAsync(serving);

        answer.ShouldBe((true, "Serving"));
    }

    [Fact]
    public async Task The_probe_finds_out_that_nothing_serves()
    {
        var (isServing, said) = await Probe.AskAsync(new ServingOptions { GrpcPort = 1 });

        isServing.ShouldBeFalse();
        said.ShouldNotBeEmpty();
    }

    private static async Task<ServingStatus> StatusAsync(TestService service, string name) =>
        (await new Health.HealthClient(service.Channel).CheckAsync(new HealthCheckRequest { Service = name })).Status;
}
