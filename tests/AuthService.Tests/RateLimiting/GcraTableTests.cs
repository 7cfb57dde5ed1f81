using AuthService.RateLimiting;

namespace AuthService.Tests.RateLimiting;

public sealed class GcraTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Whoever_comes_with_ever_new_keys_does_not_make_it_larger_and_it_forgets_the_light_callers_first()
    {
        var sut = new GcraTable(new Rate { PerMinute = 1, Burst = 5 }, capacity: 1_600);
        for (var call = 0; call < 5; call++)
            sut.TryTake("heavy", Now, out _).ShouldBeTrue();

        for (var number = 0; number < 20_000; number++)
            sut.TryTake($"stranger {number}", Now, out _);

        sut.Count.ShouldBeLessThanOrEqualTo(1_600);
        sut.TryTake("heavy", Now, out _).ShouldBeFalse("who owes the most is remembered");
    }
}
