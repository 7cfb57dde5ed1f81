using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Administration;

/// <summary>Makes a credential for an internal service. Its answer holds a secret: a repeat makes another, and ends the first.</summary>
internal sealed class CreateServiceCredential(
    ServiceCredentials credentials, RequestIds requestIds, Database database, AuditTrail audit, TimeProvider clock)
{
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(2 * 365);
    private static readonly TimeSpan RequestsKept = TimeSpan.FromHours(24);

    public async Task<CreateServiceCredentialResponse> RunAsync(
        CreateServiceCredentialRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var grant = Parse(request, call);

        // 2. instead of what an earlier run of this request made
        var issued = await database.WriteAsync(
            async work =>
            {
                foreach (var earlier in await EarlierAsync(work, grant.RequestedBy, cancellationToken))
                {
                    credentials.Revoke(work, earlier);
                    audit.Record(work, new AuditEntry(EventType.ServiceCredentialRevoked, call) { Details = CredentialDetails.Of(earlier) });
                }

                var made = credentials.Issue(work, grant);
                audit.Record(work, new AuditEntry(EventType.ServiceCredentialCreated, call) { Details = CredentialDetails.Of(made.Row) });
                return made;
            },
            cancellationToken);

        return new CreateServiceCredentialResponse
        {
            Credential = new ServiceCredential
            {
                CredentialId = issued.Row.Id,
                Name = issued.Row.Name,
                Scopes = { grant.Scopes.Values },
                CreateTime = issued.Row.CreatedAt.ToTimestamp(),
                ExpireTime = issued.Row.ExpiresAt.ToTimestamp(),
            },
            Token = issued.Token.Value,
        };
    }

    private CredentialGrant Parse(CreateServiceCredentialRequest request, Call call)
    {
        var now = clock.GetUtcNow();
        var fields = new FieldViolations();
        var requestId = fields.RequestId(request.RequestId);
        var name = fields.Parse<CredentialName>("name", request.Name, CredentialName.TryParse, "1 to 64 characters of a-z, 0-9 and '-'");
        if (!CredentialScopes.TryParse(request.Scopes, out var scopes))
            fields.Add("scopes", "Must be at least one scope of services, and no other.");
        var expiresAt = fields.Time("expire_time", request.ExpireTime) ?? now + UsualLifetime;
        if (expiresAt <= now || expiresAt > now + LongestLifetime)
            fields.Add("expire_time", "Must be in the future, and at most two years ahead.");
        fields.ThrowIfAny();

        var requestedBy = requestId.Length > 0 && call.Caller is Caller.Service caller ? requestIds.Fingerprint($"{caller.CredentialId}/{requestId}") : null;
        return new CredentialGrant(name, scopes, expiresAt, requestedBy);
    }

    private static async Task<List<ServiceCredentialRow>> EarlierAsync(Work work, string? requestedBy, CancellationToken cancellationToken)
    {
        var since = work.Now - RequestsKept;
        return requestedBy is null
            ? []
            : await work.Rows.ServiceCredentials
                .Where(row => row.RequestedBy == requestedBy && row.RevokedAt == null && row.CreatedAt > since)
                .ToListAsync(cancellationToken);
    }
}
