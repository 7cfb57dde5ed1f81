using AuthService.Ecv.Reputation;
using AuthService.Ecv.Risk;

namespace AuthService.Ecv.Tests.Reputation;

public sealed class ReputationTests
{
    private const ulong Network = 1, Ada = 100;

    [Fact]
    public void Failures_of_a_network_count_for_an_hour()
    {
        var table = new ReputationTable(100);
        for (var minute = 0; minute < 30; minute++)
            table.Failed(Network, Ada, device: null, World.Start.AddMinutes(minute));

        At(table, 29).NetworkFailures.ShouldBe(30);
        At(table, 29).AccountFailures.ShouldBe(30);
        At(table, 29 + 65).NetworkFailures.ShouldBe(0);
        table.Describe(new CallFacts(), network: 2, Ada, device: null, World.Start.AddMinutes(29)).NetworkFailures.ShouldBe(0);
    }

    [Fact]
    public void What_is_usual_for_a_network_is_no_reason_for_doubt()
    {
        var table = new ReputationTable(100);
        for (var minute = 0; minute < 60 * 24 * 7; minute += 3)
            table.Failed(Network, Ada + (ulong)(minute % 50), device: null, World.Start.AddMinutes(minute));

        At(table, 60 * 24 * 7).NetworkFailures.ShouldBeLessThan(3, "twenty failures an hour, week in, week out");
        for (var burst = 0; burst < 40; burst++)
            table.Failed(Network, Ada, device: null, World.Start.AddMinutes(60 * 24 * 7));
        At(table, 60 * 24 * 7).NetworkFailures.ShouldBeGreaterThan(35);
    }

    [Fact]
    public void Identifiers_that_fail_from_one_network_within_ten_minutes_are_counted_once_each()
    {
        var table = new ReputationTable(100);
        for (var identifier = 0UL; identifier < 40; identifier++)
        {
            table.Failed(Network, Ada + (identifier % 8), device: null, World.Start);
            table.Failed(Network, Ada + (identifier % 8), device: null, World.Start);
        }

        At(table, 5).IdentifiersFailing.ShouldBe(8);
        At(table, 11).IdentifiersFailing.ShouldBe(0);
    }

    [Fact]
    public void A_device_that_proved_itself_is_counted_apart()
    {
        var table = new ReputationTable(100);
        table.Failed(Network, Ada, device: 7, World.Start);

        table.Describe(new CallFacts(), 2, 200, device: 7, World.Start).DeviceFailures.ShouldBe(1);
        table.Describe(new CallFacts(), 2, 200, device: 8, World.Start).DeviceFailures.ShouldBe(0);
    }

    [Fact]
    public void A_flood_of_addresses_makes_it_forget_the_quiet_and_not_the_busy()
    {
        var table = new ReputationTable(capacity: 64);
        for (var address = 10UL; address < 5_000; address++)
        {
            var time = World.Start.AddSeconds(address);
            table.Failed(Network, Ada, device: null, time);
            table.Failed(address, address, device: null, time);
            table.Count.ShouldBeLessThanOrEqualTo(2 * 64);
        }

        At(table, 83).NetworkFailures.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void An_account_that_is_forgotten_leaves_its_network_what_it_did()
    {
        var table = new ReputationTable(100);
        table.Failed(Network, Ada, device: null, World.Start);

        table.Forget(Ada);

        At(table, 1).AccountFailures.ShouldBe(0);
        At(table, 1).NetworkFailures.ShouldBe(1);
    }

    private static CallFacts At(ReputationTable table, int minute) =>
        table.Describe(new CallFacts(), Network, Ada, device: null, World.Start.AddMinutes(minute));
}
