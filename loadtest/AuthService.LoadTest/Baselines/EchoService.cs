using AuthService.V1;
using Grpc.Core;

namespace AuthService.LoadTest.Baselines;

/// <summary>Answers without a thought.</summary>
internal sealed class EchoService(CannedAnswers answers) : SessionService.SessionServiceBase
{
    public override Task<ValidateSessionResponse> ValidateSession(ValidateSessionRequest request, ServerCallContext context) =>
        Task.FromResult(answers.Validate);

    public override Task<BatchValidateSessionsResponse> BatchValidateSessions(BatchValidateSessionsRequest request, ServerCallContext context) =>
        Task.FromResult(answers.Batch);

    public override Task<RefreshSessionResponse> RefreshSession(RefreshSessionRequest request, ServerCallContext context) =>
        Task.FromResult(answers.Refresh);
}
