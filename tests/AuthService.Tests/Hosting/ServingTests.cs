namespace AuthService.Tests.Hosting;

public sealed class ServingTests
{
    [Fact]
    public async Task Two_services_in_one_process_do_not_share_ports()
    {
        await using var one = await TestService.StartAsync();
        await using var other = await TestService.StartAsync();

        new[] { one.Address, one.WebAddress, other.Address, other.WebAddress }.ShouldBeUnique();
    }
}
