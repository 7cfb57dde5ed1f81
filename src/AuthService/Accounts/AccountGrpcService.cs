using AuthService.Hosting.Calls;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Accounts;

/// <summary>Maps <c>AccountService</c> to its use cases.</summary>
internal sealed class AccountGrpcService(
    CreateAccount createAccount,
    VerifyContact verifyContact,
    GetAccount getAccount,
    UpdateAccount updateAccount,
    ChangePassword changePassword,
    StartRecovery startRecovery,
    CompleteRecovery completeRecovery,
    ReportCompromise reportCompromise) : AccountService.AccountServiceBase
{
    public override Task<CreateAccountResponse> CreateAccount(CreateAccountRequest request, ServerCallContext context) =>
        createAccount.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<VerifyContactResponse> VerifyContact(VerifyContactRequest request, ServerCallContext context) =>
        verifyContact.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<GetAccountResponse> GetAccount(GetAccountRequest request, ServerCallContext context) =>
        getAccount.RunAsync(Call.Of(context), context.CancellationToken);

    public override Task<UpdateAccountResponse> UpdateAccount(UpdateAccountRequest request, ServerCallContext context) =>
        updateAccount.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<ChangePasswordResponse> ChangePassword(ChangePasswordRequest request, ServerCallContext context) =>
        changePassword.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<StartRecoveryResponse> StartRecovery(StartRecoveryRequest request, ServerCallContext context) =>
        startRecovery.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<CompleteRecoveryResponse> CompleteRecovery(CompleteRecoveryRequest request, ServerCallContext context) =>
        completeRecovery.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<ReportCompromiseResponse> ReportCompromise(ReportCompromiseRequest request, ServerCallContext context) =>
        reportCompromise.RunAsync(request, Call.Of(context), context.CancellationToken);
}
