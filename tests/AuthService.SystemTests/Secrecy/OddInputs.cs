using System.Runtime.CompilerServices;
using System.Text;
using AuthService.SystemTests.Harness;
using AuthService.V1;
using Google.Protobuf;
using Grpc.Core;
using static AuthService.SystemTests.Harness.Person;
using static AuthService.SystemTests.Harness.ServiceProcess;

namespace AuthService.SystemTests.Secrecy;

/// <summary>Secrets where none belong: what a confused app, a person in a hurry or an attacker sends.</summary>
/// <param name="service">Takes it.</param>
/// <param name="data">The folder with its operators' credentials.</param>
/// <param name="session">Of the person whose secrets these are.</param>
public sealed class OddInputs(ServiceProcess service, DataFolder data, Session session)
{
    private static readonly Metadata Abroad = From(Heroine.AbroadAddress);

    private readonly Metadata _asAdmin = Bearer(data.AdminToken);

    public async Task SendAsync()
    {
        await AtLoginAsync();
        await InHeadersAsync();
        await AtSignUpAndRecoveryAsync();
        await InStepUpsAndSessionsAsync();
        await ByServicesAsync();
    }

    private async Task AtLoginAsync()
    {
        var future = Heroine.Home();
        future.CollectedAt.Seconds += 3600;

        await LogInAsync(login => login.Identifier = Heroine.Password);
        await LogInAsync(login => login.RequestId = Heroine.Email);
        await LogInAsync(login => login.DeviceToken = Heroine.Password);
        await LogInAsync(login => login.DeviceToken = session.RefreshToken);
        await LogInAsync(login => login.Environment = Impossible());
        await LogInAsync(login => login.Environment = future);
    }

    private async Task InHeadersAsync()
    {
        var passwordAsToken = Convert.ToBase64String(Encoding.UTF8.GetBytes(Heroine.Password));
        var madeUp = new DeviceProof
        {
            DeviceId = Heroine.Email, Challenge = ByteString.CopyFromUtf8(Heroine.Password), Signature = ByteString.CopyFrom(new byte[64]),
        };

        await LogInAsync(
            _ => { }, new Metadata { { "x-forwarded-for", $"{Heroine.Email}, {Heroine.AbroadAddress}" }, { "x-note", Heroine.Email } });
        await LogInAsync(_ => { }, Proof(Encoding.UTF8.GetBytes(Heroine.Password)));
        await LogInAsync(_ => { }, Proof(madeUp.ToByteArray()));
        await Refused(service.Accounts.GetAccountAsync(new GetAccountRequest(), From(Heroine.AbroadAddress, session.RefreshToken)));
        await Refused(service.Accounts.GetAccountAsync(new GetAccountRequest(), From(Heroine.AbroadAddress, passwordAsToken)));
    }

    private async Task AtSignUpAndRecoveryAsync()
    {
        var muddled = Heroine.SignUp();
        (muddled.Region, muddled.Locale, muddled.PolicyVersion) = (Heroine.FamilyName, Heroine.GivenName, Heroine.Password);
        var verify = new VerifyContactRequest { RequestId = Heroine.Email, VerificationId = Heroine.Email, Code = Heroine.Password };
        var start = new StartRecoveryRequest { RequestId = Heroine.Email, Identifier = Heroine.Phone };
        var complete = new CompleteRecoveryRequest
        {
            RequestId = RequestId(), RecoveryId = Heroine.Email, Code = "123456", NewPassword = Heroine.NewPassword,
        };

        await Refused(service.Accounts.CreateAccountAsync(muddled, Abroad));
        await Refused(service.Accounts.VerifyContactAsync(verify, Abroad));
        await Answered(service.Accounts.StartRecoveryAsync(start, Abroad));
        await Refused(service.Accounts.CompleteRecoveryAsync(complete, Abroad));
    }

    private async Task InStepUpsAndSessionsAsync()
    {
        var sendCode = new SendStepUpCodeRequest { RequestId = Heroine.Email, StepUpId = session.AccessToken };
        var stepUp = new CompleteStepUpRequest { RequestId = RequestId(), StepUpId = Heroine.Email, RecoveryCode = Heroine.Password };
        var tampered = new RefreshSessionRequest { RefreshToken = session.RefreshToken[..^4] + "AAAA" };
        var validate = new ValidateSessionRequest { AccessToken = session.RefreshToken, RequiredScopes = { Heroine.Password } };
        var list = new ListSessionsRequest { PageToken = Heroine.Email, AccountId = Heroine.Email };
        var revoke = new RevokeSessionRequest { RequestId = Heroine.Email, SessionId = Heroine.Email };

        await Refused(service.Logins.SendStepUpCodeAsync(sendCode, Abroad));
        await Refused(service.Logins.CompleteStepUpAsync(stepUp, Abroad));
        await Refused(service.Sessions.RefreshSessionAsync(tampered, Abroad));
        await Refused(service.Sessions.RefreshSessionAsync(new RefreshSessionRequest { RefreshToken = Heroine.Password }, Abroad));
        await Answered(service.Sessions.ValidateSessionAsync(validate, _asAdmin));
        await Refused(service.Sessions.ListSessionsAsync(list, _asAdmin));
        await Refused(service.Sessions.RevokeSessionAsync(revoke, _asAdmin));
    }

    private async Task ByServicesAsync()
    {
        var ofNobody = new VerifyEcvRequest { AccountId = Heroine.Email, Environment = Impossible(), PeerAddress = Heroine.Email };
        var ofPassword = new VerifyEcvRequest { AccountId = session.AccountId, Ecv = $"ecv1.{Heroine.Password}" };
        var credential = new CreateServiceCredentialRequest { RequestId = RequestId(), Name = Heroine.Email, Scopes = { Heroine.Password } };

        await Refused(service.Ecv.VerifyEcvAsync(ofNobody, _asAdmin));
        await Refused(service.Ecv.VerifyEcvAsync(ofPassword, _asAdmin));
        await Refused(service.Admin.LookUpAccountAsync(new LookUpAccountRequest { Identifier = Heroine.Phone }, _asAdmin));
        await Refused(service.Admin.LookUpAccountAsync(new LookUpAccountRequest { AccountId = Heroine.Email }, _asAdmin));
        await Refused(service.Admin.CreateServiceCredentialAsync(credential, _asAdmin));
    }

    private Task LogInAsync(Action<LoginRequest> change, Metadata? headers = null)
    {
        var request = new LoginRequest
        {
            RequestId = RequestId(), Identifier = "nobody@example.org", Password = Heroine.MistypedPassword, Environment = Heroine.Home(),
        };
        change(request);
        return Refused(service.Logins.LoginAsync(request, headers ?? Abroad));
    }

    private static EnvironmentSignals Impossible()
    {
        var signals = Heroine.Home();
        (signals.Location.Latitude, signals.Wifi.Bssid, signals.Device.Mac) = (91, Heroine.Email, Heroine.Password);
        return signals;
    }

    private static Metadata Proof(byte[] proof) => new() { { "x-forwarded-for", Heroine.AbroadAddress }, { "authservice-proof-bin", proof } };

    private static async Task Answered<T>(AsyncUnaryCall<T> call) => await call;

    /// <summary>For what reason, other tests say; here it must be one of the caller's, not a fault that these inputs brought about.</summary>
    private static async Task Refused<T>(AsyncUnaryCall<T> call, [CallerArgumentExpression(nameof(call))] string? what = null)
    {
        var refusal = await Should.ThrowAsync<RpcException>(call.ResponseAsync, what);
        refusal.StatusCode.ShouldNotBeOneOf(StatusCode.Internal, StatusCode.Unavailable, StatusCode.Unknown);
    }
}
