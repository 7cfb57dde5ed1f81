using AuthService.Cli.Output;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Cli.Demo;

/// <summary>What those see who do not take part: the operator in the audit log, a service that validates sessions.</summary>
internal sealed class Observer(CallInvoker asOperator, CallInvoker asService)
{
    private static readonly EventType[] Judged =
        [EventType.LoginSucceeded, EventType.LoginFailed, EventType.LoginDenied, EventType.StepUpRequired];

    /// <summary>How the account's latest login was judged.</summary>
    public async Task<RiskVerdictInWords?> LatestVerdictAsync(string accountId, CancellationToken cancellationToken)
    {
        var request = new ListEventsRequest { AccountId = accountId, PageSize = 1, Types_ = { Judged } };
        var latest = await new AuditService.AuditServiceClient(asOperator).ListEventsAsync(request, cancellationToken: cancellationToken);
        return latest.Events is [{ Verdict: { } verdict }] ? RiskVerdictInWords.Of(verdict) : null;
    }

    /// <summary>Whether an access token is good, as a service would find out.</summary>
    public async Task<string> ValidateAsync(string accessToken, CancellationToken cancellationToken)
    {
        var answer = await new SessionService.SessionServiceClient(asService)
            .ValidateSessionAsync(new ValidateSessionRequest { AccessToken = accessToken }, cancellationToken: cancellationToken);
        return answer.Active ? "active" : $"inactive: {Names.InContract(answer.Reason)}";
    }
}
