using AuthService.RateLimiting;
using Microsoft.Extensions.Time.Testing;

namespace AuthService.Tests.RateLimiting;

public sealed class LocalLimitsTests : LimitTablesContract
{
    private readonly FakeTimeProvider _clock = new();

    public LocalLimitsTests() => Sut = new LocalLimits(Rates, _clock);

    private protected override ILimitTables Sut { get; }

    [Fact]
    public async Task Who_waits_as_long_as_he_was_told_may_go_on()
    {
        await Sut.TakeAsync(LimitName.Messages, "ada", CancellationToken.None);
        var wait = (await Sut.TakeAsync(LimitName.Messages, "ada", CancellationToken.None)).ShouldNotBeNull();

        _clock.Advance(wait);

        (await Sut.TakeAsync(LimitName.Messages, "ada", CancellationToken.None)).ShouldBeNull();
    }
}
