namespace AuthService.Security.Keys;

/// <summary>
/// Reads the keyring again when its file has changed, whoever changed it: another replica, an operator, what mounts secrets. So keys
/// rotate without a restart.
/// </summary>
/// <remarks>
/// By looking each second rather than by notices of the file system, which network file systems and mounts do not send. Takes the keyring
/// late, as <see cref="KeysStartup"/> does.
/// </remarks>
internal sealed class KeyringWatch(IServiceProvider services, TimeProvider clock, ILogger<KeyringWatch> log) : BackgroundService
{
    /// <summary>How long a change may go unnoticed.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private string? _problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (source, keyring) = (services.GetRequiredService<KeyringSource>(), services.GetRequiredService<Keyring>());
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Look(source, keyring);
    }

    private void Look(KeyringSource source, Keyring keyring)
    {
        try
        {
            if (source.Reload(keyring))
                log.KeyringReloaded(source.Path);
            _problem = null;
        }
        catch (KeyringException problem)
        {
            // Said once: it is looked at each second.
            if (_problem != problem.Message)
                log.KeyringNotReloaded(problem.Message);
            _problem = problem.Message;
        }
    }
}
