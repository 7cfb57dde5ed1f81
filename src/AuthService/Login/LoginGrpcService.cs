using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Login.Factors;
using AuthService.Security.Proofs;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace AuthService.Login;

/// <summary>Maps <c>LoginService</c> to its use cases.</summary>
internal sealed class LoginGrpcService(
    Challenges challenges,
    SignIn signIn,
    SendStepUpCode sendStepUpCode,
    CompleteStepUp completeStepUp,
    StartStepUp startStepUp,
    ListFactors listFactors,
    EnrollFactor enrollFactor,
    ConfirmFactor confirmFactor,
    RemoveFactor removeFactor) : LoginService.LoginServiceBase
{
    public override Task<CreateChallengeResponse> CreateChallenge(CreateChallengeRequest request, ServerCallContext context)
    {
        if (request.Purpose is not (ChallengePurpose.Login or ChallengePurpose.BindDevice or ChallengePurpose.Call))
            throw CallErrors.InvalidField("purpose", "Must be LOGIN, BIND_DEVICE or CALL.");

        var (challenge, expiresAt) = challenges.Create(request.Purpose, Call.Of(context).Network);
        return Task.FromResult(new CreateChallengeResponse
        {
            Challenge = ByteString.CopyFrom(challenge),
            ExpiresAt = expiresAt.ToTimestamp(),
        });
    }

    public override Task<LoginResponse> Login(LoginRequest request, ServerCallContext context) =>
        signIn.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<SendStepUpCodeResponse> SendStepUpCode(SendStepUpCodeRequest request, ServerCallContext context) =>
        sendStepUpCode.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<CompleteStepUpResponse> CompleteStepUp(CompleteStepUpRequest request, ServerCallContext context) =>
        completeStepUp.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<StartStepUpResponse> StartStepUp(StartStepUpRequest request, ServerCallContext context) =>
        startStepUp.RunAsync(Call.Of(context), context.CancellationToken);

    public override Task<ListFactorsResponse> ListFactors(ListFactorsRequest request, ServerCallContext context) =>
        listFactors.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<EnrollFactorResponse> EnrollFactor(EnrollFactorRequest request, ServerCallContext context) =>
        enrollFactor.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<ConfirmFactorResponse> ConfirmFactor(ConfirmFactorRequest request, ServerCallContext context) =>
        confirmFactor.RunAsync(request, Call.Of(context), context.CancellationToken);

    public override Task<RemoveFactorResponse> RemoveFactor(RemoveFactorRequest request, ServerCallContext context) =>
        removeFactor.RunAsync(request, Call.Of(context), context.CancellationToken);
}
