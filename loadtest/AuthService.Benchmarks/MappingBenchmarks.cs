using AuthService.Ecv.Signals;
using AuthService.Environments;
using AuthService.Hosting.Errors;
using AuthService.V1;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;

namespace AuthService.Benchmarks;

/// <summary>The bytes of <c>EnvironmentSignals</c>, everything present, to canonical signals, beside protobuf's own parse.</summary>
public class MappingBenchmarks
{
    private readonly EnvironmentReader reader = new(new StoppedClock(Given.Now));
    private readonly EnvironmentSignals message = Given.Message(0);
    private readonly RawSignals raw = SignalMapping.ToRaw(Given.Message(0));
    private readonly byte[] bytes = Given.Message(0).ToByteArray();

    [GlobalSetup]
    public void Setup()
    {
        var fields = new FieldViolations();
        reader.Read(fields, "environment", message);
        fields.ThrowIfAny();
        Console.WriteLine($"// {bytes.Length} bytes");
    }

    [Benchmark(Baseline = true, Description = "protobuf's parse alone")]
    public EnvironmentSignals Protobuf() => EnvironmentSignals.Parser.ParseFrom(bytes);

    [Benchmark(Description = "bytes to canonical signals")]
    public CanonicalSignals Read() => reader.Read(new FieldViolations(), "environment", EnvironmentSignals.Parser.ParseFrom(bytes));

    [Benchmark(Description = "message to raw signals only")]
    public RawSignals Map() => SignalMapping.ToRaw(message);

    [Benchmark(Description = "raw to canonical signals only")]
    public CanonicalSignals Parse() =>
        SignalParser.TryParse(raw, out var signals, out _) ? signals : throw new InvalidOperationException("They do not parse.");
}
