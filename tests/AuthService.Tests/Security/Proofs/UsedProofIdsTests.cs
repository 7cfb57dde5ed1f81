using AuthService.Security.Proofs;
using Microsoft.Extensions.Time.Testing;

namespace AuthService.Tests.Security.Proofs;

public sealed class UsedProofIdsTests
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(65);

    private readonly FakeTimeProvider _clock = new();
    private readonly UsedProofIds _used;

    public UsedProofIdsTests() => _used = new UsedProofIds(_clock);

    [Fact]
    public void An_id_can_be_used_once()
    {
        _used.TryUse("a", Remembered).ShouldBeTrue();

        _used.TryUse("a", Remembered).ShouldBeFalse();
        _used.TryUse("b", Remembered).ShouldBeTrue();
    }

    [Fact]
    public void It_is_remembered_for_as_long_as_a_proof_with_it_could_be_good()
    {
        _used.TryUse("a", Remembered);

        _clock.Advance(Remembered - TimeSpan.FromTicks(1));
        var before = _used.TryUse("a", Remembered);
        _clock.Advance(TimeSpan.FromTicks(1));

        before.ShouldBeFalse();
        _used.TryUse("a", Remembered).ShouldBeTrue();
    }

    [Fact]
    public void When_there_is_no_room_to_remember_more_it_refuses_until_there_is()
    {
        for (var number = 0; number < UsedProofIds.Capacity; number++)
            _used.TryUse($"{number}", Remembered);

        var full = _used.TryUse("one more", Remembered);
        _clock.Advance(Remembered);

        full.ShouldBeFalse();
        _used.TryUse("one more", Remembered).ShouldBeTrue();
    }
}
