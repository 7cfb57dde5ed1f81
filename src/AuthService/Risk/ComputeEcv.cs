using AuthService.Audit;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.Ecv.Values;
using AuthService.Environments;
using AuthService.Hosting;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.RateLimiting;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.V1;
using Microsoft.Extensions.Options;

namespace AuthService.Risk;

/// <summary>Turns signals into an <c>ecv1.</c> value of an account.</summary>
internal sealed class ComputeEcv(
    EnvironmentReader environments,
    AccountKeyStore accountKeys,
    Keyring keyring,
    RateLimits limits,
    Database database,
    AuditTrail audit,
    IOptions<DeploymentOptions> deployment)
{
    public async Task<ComputeEcvResponse> RunAsync(ComputeEcvRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        if (request.Environment is null)
            fields.Add("environment", "Required.");
        var signals = environments.Read(fields, "environment", request.Environment);
        fields.ThrowIfAny();
        var account = Ids.ParseAccount("account_id", request.AccountId, deployment.Value.Region);

        // 2. limits
        if (await limits.TakeAsync(LimitName.Verdicts, account.Value, cancellationToken) is { } refusal)
            throw CallErrors.Limited(refusal);

        // 3. only what the person consented to becomes a token
        var keys = await accountKeys.FindAsync(account, cancellationToken) ?? throw CallErrors.NotFound("account");
        var consents = await database.ReadAsync(rows => Consents.OfAsync(rows, account, cancellationToken), cancellationToken);
        using var key = new EcvKey(keys.EcvKey);
        var environment = Tokenizer.Tokenize(key, signals, consents, ConnectionObservation.None);

        // 4. the value, and a note that it was computed
        var mac = keyring.Current(KeyUse.EcvMac);
        await database.WriteAsync(
            work =>
            {
                audit.Record(work, new AuditEntry(EventType.EcvComputed, call) { Account = account, Keys = keys });
                return Task.CompletedTask;
            },
            cancellationToken);
        return new ComputeEcvResponse
        {
            Ecv = EcvValue.Encode(environment, AccountBinding.Derive(key, account.Value), mac.Id.Value, mac.Material),
            KeyId = mac.Id.Value,
            Characteristics =
            {
                environment.Characteristics.Select(present => new CharacteristicSummary
                {
                    Kind = present.Kind,
                    Group = present.Group,
                    Levels = { present.Levels },
                }),
            },
        };
    }
}
