using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Population;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Tests.Population;

public sealed class PopulationTableTests
{
    private static readonly IReadOnlyList<PopulationToken> Telekom = Values("203.0.113.7", 3320);
    private static readonly IReadOnlyList<PopulationToken> Vodafone = Values("198.51.100.1", 3209);

    [Fact]
    public void Accounts_are_counted_and_never_logins()
    {
        var table = new PopulationTable(1000);
        for (var login = 0; login < 500; login++)
            table.Add(Telekom, accountHash: 0x1234_5678_9ABC_DEF0, epoch: 7);

        Share(table, Telekom).ShouldBe(Expected(accounts: 1, parents: 1, 0.33), 1e-6);
    }

    [Fact]
    public void A_value_of_fewer_than_twenty_accounts_is_not_told_apart_from_another()
    {
        var table = Populated(telekom: 400, vodafone: 3);
        var five = Populated(telekom: 398, vodafone: 5);

        Share(five, Vodafone).ShouldBe(Share(table, Vodafone), 0.02);
        Share(table, Telekom).ShouldBeGreaterThan(Share(table, Vodafone));
    }

    [Fact]
    public void Statistics_decay_after_two_epochs_without_anybody()
    {
        var table = Populated(telekom: 400, vodafone: 100);
        var fresh = new PopulationTable(1000).Look(Vodafone, 9).Probability(CharacteristicKind.NetworkOrigin, 2);

        table.Look(Vodafone, 8).Probability(CharacteristicKind.NetworkOrigin, 2).ShouldNotBe(fresh);
        table.Look(Vodafone, 9).Probability(CharacteristicKind.NetworkOrigin, 2).ShouldBe(fresh);
    }

    [Fact]
    public void A_full_table_forgets_what_was_longest_not_used()
    {
        var table = new PopulationTable(capacity: 64);
        table.Add(Telekom, 1, 7);
        for (var other = 0; other < 400; other++)
        {
            table.Add(Values($"10.{other / 256}.{other % 256}.1", 64_000), (ulong)other << 40, 7);
            table.Look(Telekom, 7);
            table.Count.ShouldBeLessThanOrEqualTo(64);
        }

        table.Missing(PopulationKey.Of(Telekom)).ShouldBeEmpty();
        table.Missing(PopulationKey.Of(Values("10.0.0.1", 64_000))).ShouldNotBeEmpty();
    }

    [Fact]
    public void What_changed_is_taken_once_and_put_together_with_what_a_store_holds()
    {
        var (one, other) = (Populated(telekom: 30, vodafone: 0), Populated(telekom: 0, vodafone: 0));
        foreach (var (key, sketch) in one.TakeChanged(100))
            other.Put(key, PopulationSketch.TryRead(sketch.Write()));

        one.TakeChanged(100).ShouldBeEmpty();
        other.Look(Telekom, 7).Probability(CharacteristicKind.NetworkOrigin, 2)
            .ShouldBe(one.Look(Telekom, 7).Probability(CharacteristicKind.NetworkOrigin, 2));
    }

    [Fact]
    public void A_sketch_of_an_older_epoch_becomes_the_last_one_of_a_newer()
    {
        var (old, fresh) = (new PopulationSketch(), new PopulationSketch());
        for (var account = 1UL; account <= 50; account++)
        {
            old.Add(account * 0x9E37_79B9_7F4A_7C15, 7);
            fresh.Add((account + 50) * 0x9E37_79B9_7F4A_7C15, 8);
        }

        old.Merge(fresh);

        old.Accounts(8).ShouldBeInRange(90, 110);
        old.Accounts(9).ShouldBeInRange(45, 55);
        PopulationSketch.TryRead(old.Write()).ShouldNotBeNull().Write().ShouldBe(old.Write());
        PopulationSketch.TryRead([1, 2, 3]).ShouldBeNull();
    }

    private static PopulationTable Populated(int telekom, int vodafone)
    {
        var table = new PopulationTable(1000);
        for (var account = 1UL; account <= (ulong)(telekom + vodafone); account++)
            table.Add(account <= (ulong)telekom ? Telekom : Vodafone, unchecked(account * 0x9E37_79B9_7F4A_7C15), 7);
        return table;
    }

    private static double Share(PopulationTable table, IReadOnlyList<PopulationToken> values) =>
        table.Look(values, 7).Probability(CharacteristicKind.NetworkOrigin, 1) / (double)CharacteristicCatalog.Certain;

    /// <summary>The formula of docs/ecv.md.</summary>
    private static double Expected(long accounts, long parents, double prior) =>
        (Math.Min(Math.Max(accounts, PopulationCounts.RareBelow), parents) + (1000 * prior)) / (parents + 1000);

    private static IReadOnlyList<PopulationToken> Values(string peer, uint asn) => Tokenizer.TokenizeForPopulation(
        World.OtherKey, CanonicalSignals.Empty, SignalConsents.All,
        new ConnectionObservation { Peer = System.Net.IPAddress.Parse(peer), Country = "DE", Asn = asn });
}
