using System.Net;
using AuthService.Audit;
using AuthService.Ecv.Tokens;
using AuthService.Ecv.Values;
using AuthService.Environments;
using AuthService.Hosting;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Hosting.Network;
using AuthService.Protocol;
using AuthService.RateLimiting;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.V1;
using Microsoft.Extensions.Options;
using Request = AuthService.V1.VerifyEcvRequest;

namespace AuthService.Risk;

/// <summary>Judges an environment, or a value computed earlier, for an internal service. Never learns.</summary>
internal sealed class VerifyEcv(
    EnvironmentReader environments,
    ConnectionObserver observer,
    AccountKeyStore accountKeys,
    KeptEnvironments values,
    LoginRisk risk,
    RateLimits limits,
    Database database,
    AuditTrail audit,
    IOptions<DeploymentOptions> deployment)
{
    public async Task<RiskVerdict> RunAsync(Request request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        if (request.EvidenceCase == Request.EvidenceOneofCase.None)
            fields.Add("environment", "Required: an environment, or an ecv.");
        var signals = environments.Read(fields, "environment", request.Environment);
        var peer = ParsePeer(fields, request.PeerAddress);
        fields.Text("rpc", request.Rpc, 128);
        fields.ThrowIfAny();
        var account = Ids.ParseAccount("account_id", request.AccountId, deployment.Value.Region);

        // 2. limits: the answer is an oracle
        if (await limits.TakeAsync(LimitName.Verdicts, account.Value, cancellationToken) is { } refusal)
            throw CallErrors.Limited(refusal);

        // 3. the verdict
        var keys = await accountKeys.FindAsync(account, cancellationToken) ?? throw CallErrors.NotFound("account");
        var question = new RiskQuestion(keys, signals, peer) { Service = (call.Caller as Caller.Service)?.Name };
        var assessment = request.EvidenceCase == Request.EvidenceOneofCase.Ecv
            ? await JudgeValueAsync(request.Ecv, question, call, cancellationToken)
            : await database.ReadAsync(rows => risk.AssessAsync(rows, question, cancellationToken), cancellationToken);

        // 4. a note of who asked
        await database.WriteAsync(
            work =>
            {
                audit.Record(work, new AuditEntry(EventType.EcvVerified, call)
                {
                    Account = account,
                    Keys = keys,
                    VerdictId = assessment.VerdictId,
                    Verdict = assessment.Record,
                    Details = request.Rpc.Length == 0 ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["rpc"] = request.Rpc },
                });
                return Task.CompletedTask;
            },
            cancellationToken);
        return assessment.ToMessage();
    }

    private async Task<Assessment> JudgeValueAsync(string value, RiskQuestion question, Call call, CancellationToken cancellationToken)
    {
        using var key = new EcvKey(question.Keys.EcvKey);
        var binding = AccountBinding.Derive(key, question.Keys.Account.Value);
        if (!EcvValue.TryDecode(value, binding, values.MacKeyOf, out var environment, out var rejection))
        {
            await RecordRejectionAsync(call, question.Keys, rejection, cancellationToken);
            throw CallErrors.InvalidField("ecv", DescriptionOf(rejection));
        }

        var observed = question.Network is null
            ? environment
            : Tokenizer.AddObservation(key, environment, observer.Observe(question.Network, database.Now()));
        return await database.ReadAsync(rows => risk.AssessAsync(rows, question, observed, cancellationToken), cancellationToken);
    }

    private Task RecordRejectionAsync(Call call, AccountKeys keys, EcvRejection rejection, CancellationToken cancellationToken) =>
        database.WriteAsync(
            work =>
            {
                audit.Record(work, new AuditEntry(EventType.EcvRejected, call)
                {
                    Account = keys.Account,
                    Keys = keys,
                    Reason = ErrorReasons.InvalidField,
                    Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["rejection"] = rejection.ToString() },
                });
                return Task.CompletedTask;
            },
            cancellationToken);

    private static string DescriptionOf(EcvRejection rejection) => rejection switch
    {
        EcvRejection.UnknownKey => "Was made with a key that this service does not have.",
        EcvRejection.Tampered => "Was altered.",
        EcvRejection.OtherAccount => "Belongs to another account.",
        _ => "Must be ecv1. and base64url as ComputeEcv gave it, whole.",
    };

    private static ClientNetwork? ParsePeer(FieldViolations fields, string text)
    {
        if (text.Length == 0)
            return null;
        if (text.Length <= 45 && IPAddress.TryParse(text, out var address))
            return new ClientNetwork(address);
        fields.Add("peer_address", "Must be an IPv4 or IPv6 address.");
        return null;
    }
}
