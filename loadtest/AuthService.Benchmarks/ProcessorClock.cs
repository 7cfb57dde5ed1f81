using Perfolizer.Horology;

namespace AuthService.Benchmarks;

/// <summary>The processor time that this process has used: on a machine that does other things besides, the time of day measures those too.</summary>
internal sealed class ProcessorClock : IClock
{
    public string Title => "processor time";

    public bool IsAvailable => true;

    public Frequency Frequency { get; } = new(TimeSpan.TicksPerSecond);

    public long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
