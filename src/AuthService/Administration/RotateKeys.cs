using System.Globalization;
using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.V1;

namespace AuthService.Administration;

/// <summary>Gives a use of the keyring a new key. A file and a database do not change as one, so the order matters.</summary>
internal sealed class RotateKeys(
    KeyringRotation rotation, KeyringSource source, Keyring keyring, Database database, IdempotentRequests requests, AuditTrail audit)
{
    private const int MaxReason = 256;

    public async Task<RotateKeysResponse> RunAsync(RotateKeysRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var (use, lead) = Read(request);

        // 2. the new key: it does no harm before anything is committed, and none if nothing ever is
        var identity = new RequestIdentity(call.CallerName ?? "", call.Rule.Rpc.Value, request.RequestId, request);
        var response = await database.ReadAsync(rows => requests.FindAsync<RotateKeysResponse>(rows, identity, cancellationToken), cancellationToken)
            ?? await AddAsync(use, lead, request, call, identity, cancellationToken);

        // 3. those that are not to be trusted go when their going is on record; a repeat finishes what was interrupted
        if (request.Compromised && KeyId.TryParse(response.Key.KeyId, out var trusted))
            await ChangeAsync(() => rotation.DistrustAsync(use, trusted, cancellationToken));
        return response;
    }

    private static (KeyUse Use, TimeSpan Lead) Read(RotateKeysRequest request)
    {
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.Text("reason", request.Reason, MaxReason, required: true);
        var lead = fields.Span("lead", request.Lead);
        var use = request.Use.ToUse();
        if (use is not { } known || !KeyringRotation.Rotated.Contains(known))
            fields.Add("use", "Must be a use that rotates.");
        else
        {
            foreach (var (field, problem) in KeyringRotation.ProblemsOf(known, lead, request.Compromised))
                fields.Add(field, problem);
        }

        fields.ThrowIfAny();
        return (use!.Value, KeyringRotation.LeadOf(lead, request.Compromised));
    }

    private async Task<RotateKeysResponse> AddAsync(
        KeyUse use, TimeSpan lead, RotateKeysRequest request, Call call, RequestIdentity identity, CancellationToken cancellationToken)
    {
        var key = rotation.Prepare(use, lead);
        await ChangeAsync(() => rotation.AddAsync(key, cancellationToken));
        try
        {
            var response = await database.WriteAsync(
                work => requests.OnceAsync(work, identity, () => RecordAsync(work, key, lead, request, call), cancellationToken), cancellationToken);

            // Another call with this request id may have been faster: then it is that one's key that stays.
            if (response.Key.KeyId != key.Id.Value)
                await ChangeAsync(() => rotation.RemoveAsync(key.Id, CancellationToken.None));
            return response;
        }
        catch (Exception fault) when (fault is not StoreUnavailableException)
        {
            // Where it is not known whether it was committed, the key stays: one too many does no harm, one too few does.
            await ChangeAsync(() => rotation.RemoveAsync(key.Id, CancellationToken.None));
            throw;
        }
    }

    private Task<RotateKeysResponse> RecordAsync(Work work, Key key, TimeSpan lead, RotateKeysRequest request, Call call)
    {
        var message = key.ToMessage(keyring.Current(key.Use));
        audit.Record(work, new AuditEntry(EventType.KeysRotated, call)
        {
            Details = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["use"] = message.Use.ToString(),
                ["key_id"] = key.Id.Value,
                ["lead_seconds"] = lead.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                ["compromised"] = request.Compromised ? "true" : "false",
                ["reason"] = request.Reason,
            },
        });
        return Task.FromResult(new RotateKeysResponse { Key = message });
    }

    /// <summary>Changes the file, and has this process know it at once.</summary>
    private async Task ChangeAsync(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw CallErrors.KeyringReadOnly();
        }

        source.Reload(keyring);
    }
}
