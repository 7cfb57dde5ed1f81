using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace AuthService.Benchmarks;

/// <summary>Ten or fifteen seconds for each: the pairs in one run are what counts, and their ratio is steady long before the times are.</summary>
internal sealed class ShortConfig : ManualConfig
{
    public ShortConfig()
    {
        // In this process: a second build for each run would take longer than the run.
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithClock(new ProcessorClock()).WithWarmupCount(6).WithIterationCount(10));
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddDiagnoser(MemoryDiagnoser.Default);
        AddLogger(ConsoleLogger.Default);
        AddExporter(MarkdownExporter.GitHub);
        WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40));
    }
}
