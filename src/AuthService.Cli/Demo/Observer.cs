using AuthService.Cli.Output;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Cli.Demo;

/// <summary>What those see who do not take part: the operator in the audit log, a service that validates sessions and asks for verdicts.</summary>
internal sealed class Observer(CallInvoker asOperator, CallInvoker asService)
{
    private static readonly EventType[] Judged =
        [EventType.LoginSucceeded, EventType.LoginFailed, EventType.LoginDenied, EventType.StepUpRequired];

    /// <summary>How the account's latest login was judged.</summary>
    public async Task<RiskVerdict?> LatestVerdictAsync(string accountId, CancellationToken cancellationToken)
    {
        var request = new ListEventsRequest { AccountId = accountId, PageSize = 1, Types_ = { Judged } };
        var latest = await new AuditService.AuditServiceClient(asOperator).ListEventsAsync(request, cancellationToken: cancellationToken);
        return latest.Events is [{ Verdict: { } verdict }] ? verdict : null;
    }

    /// <summary>How somebody with these surroundings, who came from this address, would be judged now.</summary>
    public async Task<RiskVerdict> JudgeAsync(
        string accountId, EnvironmentSignals environment, string peerAddress, CancellationToken cancellationToken)
    {
        var request = new VerifyEcvRequest { AccountId = accountId, Environment = environment, PeerAddress = peerAddress, Rpc = "authctl demo" };
        return (await new EcvService.EcvServiceClient(asService).VerifyEcvAsync(request, cancellationToken: cancellationToken)).Verdict;
    }

    /// <summary>Whether an access token is good, as a service would find out.</summary>
    public async Task<string> ValidateAsync(string accessToken, CancellationToken cancellationToken)
    {
        var answer = await new SessionService.SessionServiceClient(asService)
            .ValidateSessionAsync(new ValidateSessionRequest { AccessToken = accessToken }, cancellationToken: cancellationToken);
        return answer.Active ? "active" : $"inactive: {Names.InContract(answer.Reason)}";
    }
}
