using System.Text;

namespace AuthService.Security.Passwords;

/// <summary>
/// Opens the gate before the first call can come, and closes it after the last one is answered. By asking for
/// <see cref="IArgon2id"/> it has both back ends checked before anything is served.
/// </summary>
/// <remarks>Takes what it needs late: options of every section are checked first, so that all their problems are told at once.</remarks>
internal sealed class PasswordsStartup(IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // Without ICU, .NET leaves text as it is and says nothing; a password would then hash differently elsewhere.
        if ("ﬁ".Normalize(NormalizationForm.FormKC) != "fi")
            throw new InvalidOperationException("Unicode normalisation does not work: install ICU, and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");

        _ = services.GetRequiredService<IArgon2id>();
        services.GetRequiredService<HashingGate>().Start();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => services.GetRequiredService<HashingGate>().StopAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
