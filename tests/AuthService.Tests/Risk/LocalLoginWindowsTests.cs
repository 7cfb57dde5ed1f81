using AuthService.Ecv.Risk;
using AuthService.Risk;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AuthService.Tests.Risk;

public sealed class LocalLoginWindowsTests : LoginWindowsContract
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
    private readonly LocalLoginWindows _sut;

    public LocalLoginWindowsTests() => _sut = CreateSut(_clock);

    private protected override ILoginWindows Sut => _sut;

    [Fact]
    public async Task Whoever_fills_the_tables_does_not_make_them_larger()
    {
        for (var number = 1UL; number <= 1_000; number++)
        {
            await _sut.FailedAsync(new FailureKeys(number, number, number));
            await _sut.DoubtedAsync(new DoubtKey(number, number), Doubting(4_000), refreshRefused: number);
        }

        _sut.Count.ShouldBeLessThanOrEqualTo(4 * 100, "networks, accounts and devices, doubts, refreshes");
    }

    internal static LocalLoginWindows CreateSut(TimeProvider clock) =>
        new(Options.Create(new RiskOptions { NetworksRemembered = 100, DoubtsRemembered = 100 }), clock);

    private protected override Task PassAsync(int hours)
    {
        _clock.Advance(TimeSpan.FromHours(hours));
        return Task.CompletedTask;
    }
}
