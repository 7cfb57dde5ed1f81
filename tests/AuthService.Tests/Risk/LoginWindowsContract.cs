using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Risk;
using AuthService.Risk;

namespace AuthService.Tests.Risk;

/// <summary>What remembering recent logins must do, wherever they are remembered.</summary>
public abstract class LoginWindowsContract
{
    private const ulong Office = 0xF000_0000_0000_0001, Ada = 0xA000_0000_0000_0001, Phone = 0xD000_0000_0000_0001;

    private static readonly DoubtKey AdaAtTheOffice = new(Ada, Office);
    private static readonly DoubtKey AdaElsewhere = new(Ada, Office + 1);

    private protected abstract ILoginWindows Sut { get; }

    /// <summary>Whole hours.</summary>
    private protected abstract Task PassAsync(int hours);

    [Fact]
    public async Task Failures_count_for_network_account_and_device_and_are_over_after_an_hour()
    {
        for (var failure = 0; failure < 7; failure++)
            await Sut.FailedAsync(new FailureKeys(Office, Ada, failure < 3 ? Phone : null));

        var facts = await OfAsync(Office, Ada, Phone);
        var others = await OfAsync(Office + 1, Ada + 1, Phone + 1);
        await PassAsync(hours: 2);
        var later = await OfAsync(Office, Ada, Phone);

        (facts.NetworkFailures, facts.AccountFailures, facts.DeviceFailures, facts.IdentifiersFailing).ShouldBe((7, 7, 3, 1));
        (others.NetworkFailures, others.AccountFailures, others.DeviceFailures, others.IdentifiersFailing).ShouldBe((0, 0, 0, 0));
        (later.NetworkFailures, later.AccountFailures, later.DeviceFailures, later.IdentifiersFailing).ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public async Task Nobody_known_has_no_failures()
    {
        await Sut.FailedAsync(new FailureKeys(Office, Ada, Device: null));

        var facts = await Sut.DescribeAsync(new CallFacts(), new FailureKeys(Office, null, null), CancellationToken.None);

        (facts.NetworkFailures, facts.AccountFailures, facts.DeviceFailures).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task Identifiers_are_counted_once_each_and_up_to_a_bound()
    {
        for (var failure = 0; failure < 100; failure++)
            await Sut.FailedAsync(new FailureKeys(Office, Ada + (ulong)(failure % 50), null));

        var facts = await OfAsync(Office, Ada, Phone);

        (facts.NetworkFailures, facts.IdentifiersFailing).ShouldBe((100, 32));
    }

    [Fact]
    public async Task What_is_usual_for_a_network_is_no_reason_for_doubt_and_is_forgotten_after_four_days()
    {
        for (var hour = 0; hour < 60; hour++)
        {
            for (var failure = 0; failure < 10; failure++)
                await Sut.FailedAsync(new FailureKeys(Office, Ada, null));
            await PassAsync(hours: 1);
        }

        await PassAsync(hours: 6);
        for (var failure = 0; failure < 10; failure++)
            await Sut.FailedAsync(new FailureKeys(Office, Ada, null));
        var usual = await OfAsync(Office, Ada, Phone);
        await PassAsync(hours: 98);
        for (var failure = 0; failure < 10; failure++)
            await Sut.FailedAsync(new FailureKeys(Office, Ada, null));
        var again = await OfAsync(Office, Ada, Phone);

        usual.NetworkFailures.ShouldBeLessThan(7, "ten an hour, for two and a half days, and a quiet night");
        again.NetworkFailures.ShouldBe(10);
    }

    [Fact]
    public async Task Failures_at_once_are_all_counted()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await Sut.FailedAsync(new FailureKeys(Office, Ada, null)))));

        (await OfAsync(Office, Ada, Phone)).NetworkFailures.ShouldBe(50);
    }

    [Fact]
    public async Task Doubts_belong_to_an_account_on_a_network_and_end_after_half_an_hour()
    {
        await Sut.DoubtedAsync(AdaAtTheOffice, Doubting(4_000), refreshRefused: null);

        var there = await Sut.RecallAsync(AdaAtTheOffice, CancellationToken.None);
        var elsewhere = await Sut.RecallAsync(AdaElsewhere, CancellationToken.None);
        await PassAsync(hours: 1);
        var later = await Sut.RecallAsync(AdaAtTheOffice, CancellationToken.None);

        there.ShouldBe([new RememberedDoubt((byte)CharacteristicKind.DeviceHardware, 4_000)]);
        elsewhere.ShouldBeEmpty();
        later.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_strongest_of_what_the_same_signal_showed_is_kept()
    {
        await Sut.DoubtedAsync(AdaAtTheOffice, Doubting(4_000), refreshRefused: null);
        await Sut.DoubtedAsync(AdaAtTheOffice, Doubting(9_000), refreshRefused: null);
        await Sut.DoubtedAsync(AdaAtTheOffice, Doubting(1_000), refreshRefused: null);

        (await Sut.RecallAsync(AdaAtTheOffice, CancellationToken.None)).ShouldHaveSingleItem().Millibits.ShouldBe(9_000);
    }

    [Fact]
    public async Task A_refused_refresh_is_known_by_its_session_until_it_was_the_owner()
    {
        await Sut.DoubtedAsync(AdaAtTheOffice, Doubting(4_000), refreshRefused: 77);
        await Sut.DoubtedAsync(AdaElsewhere, Doubting(4_000), refreshRefused: 77);

        (await RefusedAsync(AdaAtTheOffice, 77), await RefusedAsync(AdaAtTheOffice, 78)).ShouldBe((true, false));
        (await Sut.RecallAsync(AdaAtTheOffice, CancellationToken.None)).ShouldHaveSingleItem();

        await Sut.ClearAsync(AdaAtTheOffice);

        (await RefusedAsync(AdaAtTheOffice, 77), await RefusedAsync(AdaElsewhere, 77)).ShouldBe((false, true));
        (await Sut.RecallAsync(AdaAtTheOffice, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_account_that_begins_anew_is_forgotten_everywhere_and_its_networks_are_not()
    {
        await Sut.FailedAsync(new FailureKeys(Office, Ada, Phone));
        await Sut.DoubtedAsync(AdaAtTheOffice, Doubting(4_000), refreshRefused: 77);
        await Sut.DoubtedAsync(AdaElsewhere, Doubting(4_000), refreshRefused: 77);

        await Sut.ForgetAsync(Ada);

        var facts = await OfAsync(Office, Ada, Phone);
        (facts.AccountFailures, facts.NetworkFailures).ShouldBe((0, 1));
        (await RefusedAsync(AdaAtTheOffice, 77), await RefusedAsync(AdaElsewhere, 77)).ShouldBe((false, false));
        (await Sut.RecallAsync(AdaElsewhere, CancellationToken.None)).ShouldBeEmpty();
    }

    private protected static RiskVerdict Doubting(long millibits) => new()
    {
        Decision = Decision.StepUp,
        Gate = Gate.Shut,
        AllowBelowMillibits = 0,
        ScoreMillibits = millibits,
        Evidence = [new EvidenceLine("device.hardware", "device", EvidenceCode.Unseen, millibits, Counted: true, Provenance.Claimed)],
        ModelVersion = "1",
        PolicyVersion = "1",
        Caveats = [],
    };

    private async Task<CallFacts> OfAsync(ulong network, ulong account, ulong device) =>
        await Sut.DescribeAsync(new CallFacts(), new FailureKeys(network, account, device), CancellationToken.None);

    private async Task<bool> RefusedAsync(DoubtKey of, ulong session) => await Sut.IsRefreshRefusedAsync(of, session, CancellationToken.None);
}
