using AuthService.Security.Proofs;
using Microsoft.Extensions.Time.Testing;

namespace AuthService.Tests.Security.Proofs;

public sealed class LocalProofIdsTests
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(65);

    private readonly FakeTimeProvider _clock = new();
    private readonly LocalProofIds _used;

    public LocalProofIdsTests() => _used = new LocalProofIds(_clock);

    [Fact]
    public async Task An_id_can_be_used_once()
    {
        (await _used.TryUseAsync("a", Remembered, CancellationToken.None)).ShouldBeTrue();

        (await _used.TryUseAsync("a", Remembered, CancellationToken.None)).ShouldBeFalse();
        (await _used.TryUseAsync("b", Remembered, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_remembered_for_as_long_as_a_proof_with_it_could_be_good()
    {
        await _used.TryUseAsync("a", Remembered, CancellationToken.None);

        _clock.Advance(Remembered - TimeSpan.FromTicks(1));
        var before = await _used.TryUseAsync("a", Remembered, CancellationToken.None);
        _clock.Advance(TimeSpan.FromTicks(1));

        before.ShouldBeFalse();
        (await _used.TryUseAsync("a", Remembered, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task When_there_is_no_room_to_remember_more_it_refuses_until_there_is()
    {
        for (var number = 0; number < LocalProofIds.Capacity; number++)
            await _used.TryUseAsync($"{number}", Remembered, CancellationToken.None);

        var full = await _used.TryUseAsync("one more", Remembered, CancellationToken.None);
        _clock.Advance(Remembered);

        full.ShouldBeFalse();
        (await _used.TryUseAsync("one more", Remembered, CancellationToken.None)).ShouldBeTrue();
    }
}
