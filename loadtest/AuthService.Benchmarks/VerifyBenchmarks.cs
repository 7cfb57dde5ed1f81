using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using BenchmarkDotNet.Attributes;

namespace AuthService.Benchmarks;

/// <summary>Judging against a full profile, tokens given. Goal: 20 µs and 2 KiB, reading the row not included.</summary>
public class VerifyBenchmarks
{
    private byte[] row = [];
    private RiskInput known = null!;
    private RiskInput unknown = null!;

    [GlobalSetup]
    public void Setup()
    {
        row = Given.FullProfile().Write();
        known = Given.Question(Profile.Read(row), Given.Environment(3));
        unknown = Given.Question(Profile.Read(row), Given.Environment(24));
    }

    [Benchmark(Baseline = true, Description = "judge, at home")]
    public RiskVerdict AtHome() => RiskEngine.Replay(RiskEngine.Measure(known), RiskPolicy.Default);

    [Benchmark(Description = "judge, all new")]
    public RiskVerdict AllNew() => RiskEngine.Replay(RiskEngine.Measure(unknown), RiskPolicy.Default);

    [Benchmark(Description = "measure only, at home")]
    public VerdictRecord MeasureOnly() => RiskEngine.Measure(known);

    [Benchmark(Description = "read the row, then judge")]
    public RiskVerdict ReadAndJudge()
    {
        var read = Given.Question(Profile.Read(row), known.Environment);
        return RiskEngine.Replay(RiskEngine.Measure(read), RiskPolicy.Default);
    }

    [Benchmark(Description = "read the row")]
    public Profile ReadRow() => Profile.Read(row);

    [Benchmark(Description = "write the record")]
    public byte[] WriteRecord() => RiskEngine.Measure(known).Write();
}
