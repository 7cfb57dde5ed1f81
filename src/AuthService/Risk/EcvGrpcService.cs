using AuthService.Hosting.Calls;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Risk;

/// <summary>Maps <c>EcvService</c> to its use cases.</summary>
internal sealed class EcvGrpcService(ComputeEcv computeEcv, VerifyEcv verifyEcv, ExplainVerdict explainVerdict) : EcvService.EcvServiceBase
{
    public override Task<ComputeEcvResponse> ComputeEcv(ComputeEcvRequest request, ServerCallContext context) =>
        computeEcv.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override async Task<VerifyEcvResponse> VerifyEcv(VerifyEcvRequest request, ServerCallContext context) =>
        new() { Verdict = await verifyEcv.RunAsync(request, Call.Of(context), context.CancellationToken) };

    public override Task<ExplainVerdictResponse> ExplainVerdict(ExplainVerdictRequest request, ServerCallContext context) =>
        explainVerdict.RunAsync(request, Call.Of(context), context.CancellationToken);
}
