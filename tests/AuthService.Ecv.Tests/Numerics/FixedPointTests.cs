using AuthService.Ecv.Numerics;
using CsCheck;

namespace AuthService.Ecv.Tests.Numerics;

public sealed class FixedPointTests
{
    private static readonly Gen<UInt128> Numbers =
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 127]).Select((high, low, shift) => UInt128.Max(new UInt128(high, low) >> shift, 1));

    [Theory]
    [InlineData(1UL, 0)]
    [InlineData(2UL, 1_000)]
    [InlineData(13UL, 3_700)]
    [InlineData(65UL, 6_022)]
    [InlineData(65_536UL, 16_000)]
    public void Logarithms_of_whole_numbers_are_what_tables_say(ulong number, long millibits) =>
        FixedPoint.ToMillibits(FixedPoint.Log2(number)).ShouldBe(millibits);

    [Fact]
    public void A_logarithm_never_decreases_where_its_number_grows() =>
        Gen.Select(Numbers, Numbers).Sample((one, other) =>
            FixedPoint.Log2(UInt128.Max(one, other)) >= FixedPoint.Log2(UInt128.Min(one, other)), iter: Worlds.Cases);

    [Fact]
    public void A_logarithm_agrees_with_floating_point_to_a_millionth() =>
        Numbers.Sample(number =>
            Math.Abs((FixedPoint.Log2(number) / Math.Pow(2, FixedPoint.LogBits)) - Math.Log2((double)number)) < 1.1e-6, iter: Worlds.Cases);

    [Fact]
    public void Division_by_a_word_is_division() =>
        Gen.Select(Numbers, Gen.UInt).Sample((dividend, divisor) =>
            divisor == 0 || FixedPoint.Divide(dividend, divisor) == dividend / divisor, iter: Worlds.Cases);

    [Fact]
    public void A_power_never_decreases_where_its_logarithm_grows() =>
        Gen.Select(Gen.Long[-20L << 20, 40L << 20], Gen.Long[0, 1000]).Sample((logarithm, step) =>
            FixedPoint.RatioOfLog(logarithm + step) >= FixedPoint.RatioOfLog(logarithm), iter: Worlds.Cases);

    [Fact]
    public void A_power_undoes_a_logarithm_to_a_tenth_of_a_millibit() =>
        Gen.Long[-20L << 20, 40L << 20].Sample(logarithm =>
            Math.Abs(FixedPoint.LogOfRatio(FixedPoint.RatioOfLog(logarithm)) - logarithm) < 100, iter: Worlds.Cases);
}
