using AuthService.Hosting.Calls;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Administration;

/// <summary>Maps <c>AdminService</c> to its use cases.</summary>
internal sealed class AdminGrpcService(
    CreateServiceCredential createServiceCredential,
    RevokeServiceCredential revokeServiceCredential,
    UnlockAccount unlockAccount,
    LookUpAccount lookUpAccount,
    GetRiskPolicy getRiskPolicy,
    UpdateRiskPolicy updateRiskPolicy,
    RotateKeys rotateKeys,
    ListKeys listKeys) : AdminService.AdminServiceBase
{
    public override Task<CreateServiceCredentialResponse> CreateServiceCredential(
        CreateServiceCredentialRequest request, ServerCallContext context) =>
        createServiceCredential.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<RevokeServiceCredentialResponse> RevokeServiceCredential(
        RevokeServiceCredentialRequest request, ServerCallContext context) =>
        revokeServiceCredential.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<UnlockAccountResponse> UnlockAccount(UnlockAccountRequest request, ServerCallContext context) =>
        unlockAccount.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<LookUpAccountResponse> LookUpAccount(LookUpAccountRequest request, ServerCallContext context) =>
        lookUpAccount.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<GetRiskPolicyResponse> GetRiskPolicy(GetRiskPolicyRequest request, ServerCallContext context) =>
        getRiskPolicy.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<UpdateRiskPolicyResponse> UpdateRiskPolicy(UpdateRiskPolicyRequest request, ServerCallContext context) =>
        updateRiskPolicy.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<RotateKeysResponse> RotateKeys(RotateKeysRequest request, ServerCallContext context) =>
        rotateKeys.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<ListKeysResponse> ListKeys(ListKeysRequest request, ServerCallContext context) =>
        listKeys.RunAsync(Call.Of(context), context.CancellationToken);
}
