using AuthService.Ecv.Population;
using CsCheck;

namespace AuthService.Ecv.Tests.Population;

public sealed class DistinctCounterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(5_000)]
    [InlineData(200_000)]
    public void It_counts_distinct_members_within_a_tenth(int members)
    {
        var counter = Counted(1, members);

        // The standard error is 1.04 / √1024, 3.3 %: three of them.
        counter.Estimate().ShouldBeInRange((long)Math.Floor(members * 0.9), (long)Math.Ceiling(members * 1.1));
    }

    [Fact]
    public void A_member_counts_once_however_often_it_comes() =>
        Gen.Select(Gen.ULong.Array[0, 400], Gen.Int[1, 3]).Sample((members, times) =>
        {
            var (once, often) = (new DistinctCounter(), new DistinctCounter());
            foreach (var member in members)
                once.Add(member);
            foreach (var member in Enumerable.Repeat(members, times).SelectMany(all => all).Reverse())
                often.Add(member);

            often.Write().ShouldBe(once.Write());
        }, iter: 1_000);

    [Fact]
    public void Counters_of_two_replicas_put_together_count_as_one_would_have() =>
        Gen.Select(Gen.ULong.Array[0, 300], Gen.ULong.Array[0, 300]).Sample((left, right) =>
        {
            var (one, other, both) = (new DistinctCounter(), new DistinctCounter(), new DistinctCounter());
            foreach (var member in left)
                one.Add(member);
            foreach (var member in right)
                other.Add(member);
            foreach (var member in left.Concat(right))
                both.Add(member);

            one.Merge(other);

            one.Estimate().ShouldBe(both.Estimate());
        }, iter: 1_000);

    [Fact]
    public void What_is_written_is_read_and_nothing_else_is()
    {
        foreach (var members in (int[])[0, 5, 128, 129, 3_000])
        {
            var bytes = Counted(2, members).Write();
            DistinctCounter.TryRead(bytes).ShouldNotBeNull().Write().ShouldBe(bytes);
            bytes.Length.ShouldBeLessThanOrEqualTo(DistinctCounter.MaxBytes);
        }

        DistinctCounter.TryRead([]).ShouldBeNull();
        DistinctCounter.TryRead([0, 0, 1, 0]).ShouldBeNull("a rank of 0");
        DistinctCounter.TryRead([0, 0, 2, 1, 0, 1, 1]).ShouldBeNull("out of order");
        DistinctCounter.TryRead([2]).ShouldBeNull("no such form");
        DistinctCounter.TryRead([1, .. Enumerable.Repeat((byte)99, 1024)]).ShouldBeNull("ranks that no hash has");
    }

    private static DistinctCounter Counted(ulong seed, int members)
    {
        var counter = new DistinctCounter();
        for (var member = 0UL; member < (ulong)members; member++)
            counter.Add(Hash((seed << 32) + member));
        return counter;
    }

    /// <summary>SplitMix64: stands for a keyed hash.</summary>
    private static ulong Hash(ulong value)
    {
        var z = unchecked((value * 0x9E3779B97F4A7C15) + 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
