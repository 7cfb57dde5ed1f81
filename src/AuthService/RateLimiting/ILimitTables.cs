namespace AuthService.RateLimiting;

/// <summary>Where the calls of limits are counted: in this process, or in Redis for all replicas.</summary>
internal interface ILimitTables
{
    /// <summary>Takes one call's worth, if there is that much; a refused call takes nothing.</summary>
    /// <returns>How long to wait, if there is not; null if the call may go on.</returns>
    ValueTask<TimeSpan?> TakeAsync(LimitName limit, string key, CancellationToken cancellationToken);
}
