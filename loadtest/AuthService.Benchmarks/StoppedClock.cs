namespace AuthService.Benchmarks;

/// <summary>Time stands still: what was collected just now stays so for as long as it is measured with.</summary>
internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
