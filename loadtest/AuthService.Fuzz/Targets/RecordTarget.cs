using AuthService.Ecv.Risk;

namespace AuthService.Fuzz.Targets;

/// <summary>The reader of verdict records, as <c>ExplainVerdict</c> meets them in the audit log.</summary>
internal static class RecordTarget
{
    public static void Run(byte[] input)
    {
        if (!VerdictRecordCodec.TryRead(input, out var record))
            return;

        var verdict = RiskEngine.Replay(record, RiskPolicy.Default);
        var written = record.Write();
        BrokenLawException.ThrowUnless(written.Length <= VerdictRecord.MaxBytes, "no record is longer than stated");
        BrokenLawException.ThrowUnless(written.AsSpan().SequenceEqual(input), "a record has one spelling");
        var again = RiskEngine.Replay(VerdictRecord.Read(written), RiskPolicy.Default);
        BrokenLawException.ThrowUnless(
            (again.ScoreMillibits, again.Decision, again.Gate) == (verdict.ScoreMillibits, verdict.Decision, verdict.Gate)
            && again.Evidence.SequenceEqual(verdict.Evidence),
            "a record gives one verdict");
    }
}
