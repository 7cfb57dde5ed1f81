namespace AuthService.Ecv.Risk;

/// <summary>Compares, adds up evidence, decides. Pure: same inputs, same verdict, bit for bit, on any machine.</summary>
public static class RiskEngine
{
    /// <summary>Changes whenever the same inputs may give another verdict.</summary>
    public const string ModelVersion = "1";

    public static RiskVerdict Judge(RiskInput input, RiskPolicy policy) => Replay(Measure(input), policy);

    /// <summary>The numbers of a comparison: all that a verdict rests on besides the policy. Store this, not the tokens.</summary>
    public static VerdictRecord Measure(RiskInput input) => throw new NotSupportedException();

    /// <summary>The verdict on recorded numbers.</summary>
    public static RiskVerdict Replay(VerdictRecord record, RiskPolicy policy) => throw new NotSupportedException();
}
