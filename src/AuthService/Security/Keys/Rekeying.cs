using AuthService.Storage;

namespace AuthService.Security.Keys;

/// <summary>
/// Moves what is stored to the keys that have taken over, and takes compromised keys out of the keyring once nothing is kept under
/// them.
/// </summary>
/// <remarks>Takes the keyring late, as <see cref="KeysStartup"/> does.</remarks>
internal sealed class Rekeying(IServiceProvider services, TimeProvider clock, ILogger<Rekeying> log) : BackgroundService
{
    /// <summary>How long after a key has taken over the last replica may still have written with the one before. Generous: nothing hurries.</summary>
    internal static readonly TimeSpan Stragglers = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (keyring, stored) = (services.GetRequiredService<Keyring>(), services.GetServices<IRekeyed>().ToList());
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var values in stored)
            {
                try
                {
                    await MoveAsync(keyring, values, stoppingToken);
                }
                catch (Exception fault) when (fault is StoreUnavailableException or KeyringException or IOException or UnauthorizedAccessException)
                {
                    log.NotRekeyed(KeyringFile.NameOf(values.Use), fault);
                }
            }
        }
    }

    private async Task MoveAsync(Keyring keyring, IRekeyed values, CancellationToken cancellationToken)
    {
        var keys = keyring.All(values.Use);
        var current = keys[0];
        foreach (var old in keys.Where(key => key.State == KeyState.Compromised || key.Begins < current.Begins))
        {
            var moved = await values.MoveAsync(old.Id, cancellationToken);
            if (moved > 0)
                log.Rekeyed(moved, KeyringFile.NameOf(values.Use), old.Id.Value, current.Id.Value);
            if (old.State != KeyState.Compromised || clock.GetUtcNow() < current.Begins + Stragglers)
                continue;

            if (await values.CountAsync(old.Id, cancellationToken) > 0)
                continue;
            await services.GetRequiredService<KeyringRotation>().RemoveAsync(old.Id, cancellationToken);
            services.GetRequiredService<KeyringSource>().Reload(keyring);
            log.KeyRemoved(KeyringFile.NameOf(values.Use), old.Id.Value);
        }
    }
}
