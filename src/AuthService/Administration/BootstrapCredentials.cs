using AuthService.Audit;
using AuthService.Protocol;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Administration;

/// <summary>
/// Development only: the first credentials, as files that nobody but their owner may read. <c>bootstrap/admin.token</c> has every
/// scope of services, <c>bootstrap/service.token</c> what a service needs that trusts this one. Both are looked after at every start.
/// </summary>
internal sealed class BootstrapCredentials(
    Database database,
    ServiceCredentials credentials,
    AuditTrail audit,
    IOptions<StorageOptions> storage,
    TimeProvider clock,
    ILogger<BootstrapCredentials> log) : IHostedService
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync("admin", CredentialScopes.Of(Scopes.OfServices), cancellationToken);
        await EnsureAsync(
            "service",
            CredentialScopes.Of(
                Scopes.SessionsValidate, Scopes.SessionsWatch, Scopes.EcvCompute, Scopes.EcvVerify, Scopes.RiskExplain, Scopes.AuditRead),
            cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task EnsureAsync(string name, CredentialScopes scopes, CancellationToken cancellationToken)
    {
        // 1. a file whose credential is good stays
        var path = storage.Value.FullPath($"bootstrap/{name}.token");
        if (await IsGoodAsync(path, scopes, cancellationToken))
            return;

        // 2. otherwise another credential takes the place of those before
        if (!CredentialName.TryParse($"bootstrap-{name}", out var parsed))
            throw new InvalidOperationException("Not a credential's name.");
        var issued = await database.WriteAsync(
            async work =>
            {
                foreach (var earlier in await LiveAsync(work, parsed, cancellationToken))
                    credentials.Revoke(work, earlier);

                var made = credentials.Issue(work, new CredentialGrant(parsed, scopes, work.Now + Lifetime));
                audit.RecordOwnAct(work, EventType.ServiceCredentialCreated, "bootstrap", CredentialDetails.Of(made.Row));
                return made;
            },
            cancellationToken);

        // 3. its file comes last: one that is missing after a crash is made anew at the next start, by this same path
        DurableFile.Replace(path, [.. System.Text.Encoding.ASCII.GetBytes(issued.Token.Value), (byte)'\n'], OwnerOnly);
        log.BootstrapCredentialMade(path);
    }

    private async Task<bool> IsGoodAsync(string path, CredentialScopes scopes, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return false;

        var text = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        if (!SecretTokens.TryHash(ServiceCredentials.Prefix, text, out var hash))
            return false;

        var (kept, now) = (scopes.ToString(), clock.GetUtcNow());
        return await database.ReadAsync(
            rows => rows.ServiceCredentials.AnyAsync(
                row => row.Hash == hash && row.RevokedAt == null && row.ExpiresAt > now && row.Scopes == kept, cancellationToken),
            cancellationToken);
    }

    private static Task<List<ServiceCredentialRow>> LiveAsync(Work work, CredentialName name, CancellationToken cancellationToken) =>
        work.Rows.ServiceCredentials.Where(row => row.Name == name.Value && row.RevokedAt == null).ToListAsync(cancellationToken);
}
