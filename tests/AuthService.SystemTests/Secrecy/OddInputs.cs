using System.Text;
using AuthService.SystemTests.Harness;
using AuthService.V1;
using Google.Protobuf;
using Grpc.Core;
using static AuthService.SystemTests.Harness.Person;
using static AuthService.SystemTests.Harness.ServiceProcess;

namespace AuthService.SystemTests.Secrecy;

/// <summary>Secrets where none belong: what a confused app, a person in a hurry or an attacker sends.</summary>
public static class OddInputs
{
    public static async Task SendAsync(ServiceProcess service, DataFolder data, Session session)
    {
        var from = From(Heroine.AbroadAddress);
        var asAdmin = Bearer(data.AdminToken);
        var impossible = Heroine.Home();
        impossible.Location.Latitude = 91;
        impossible.Wifi.Bssid = Heroine.Email;
        impossible.Device.Mac = Heroine.Password;
        var future = Heroine.Home();
        future.CollectedAt.Seconds += 3600;
        var passwordAsToken = Convert.ToBase64String(Encoding.UTF8.GetBytes(Heroine.Password));
        var tampered = session.RefreshToken[..^4] + "AAAA";
        var onHerContact = Heroine.SignUp();
        (onHerContact.Region, onHerContact.Locale, onHerContact.PolicyVersion) = (Heroine.FamilyName, Heroine.GivenName, Heroine.Password);

        AsyncUnaryCall<LoginResponse> LogIn(Action<LoginRequest> change, Metadata? headers = null)
        {
            var request = new LoginRequest
            {
                RequestId = RequestId(), Identifier = "nobody@example.org", Password = Heroine.MistypedPassword, Environment = Heroine.Home(),
            };
            change(request);
            return service.Logins.LoginAsync(request, headers ?? from);
        }

        Func<Task>[] calls =
        [
            Call(() => LogIn(login => login.Identifier = Heroine.Password)),
            Call(() => LogIn(login => login.RequestId = Heroine.Email)),
            Call(() => LogIn(login => login.DeviceToken = Heroine.Password)),
            Call(() => LogIn(login => login.DeviceToken = session.RefreshToken)),
            Call(() => LogIn(login => login.Environment = impossible)),
            Call(() => LogIn(login => login.Environment = future)),
            Call(() => LogIn(_ => { }, new Metadata { { "x-forwarded-for", $"{Heroine.Email}, {Heroine.AbroadAddress}" }, { "x-note", Heroine.Email } })),
            Call(() => LogIn(_ => { }, Proof(ByteString.CopyFromUtf8(Heroine.Password)))),
            Call(() => LogIn(_ => { }, Proof(new DeviceProof { DeviceId = Heroine.Email, Challenge = ByteString.CopyFromUtf8(Heroine.Password), Signature = ByteString.CopyFrom(new byte[64]) }.ToByteString()))),
            Call(() => service.Accounts.CreateAccountAsync(onHerContact, from)),
            Call(() => service.Accounts.VerifyContactAsync(new VerifyContactRequest { RequestId = Heroine.Email, VerificationId = Heroine.Email, Code = Heroine.Password }, from)),
            Call(() => service.Accounts.StartRecoveryAsync(new StartRecoveryRequest { RequestId = Heroine.Email, Identifier = Heroine.Phone }, from)),
            Call(() => service.Accounts.CompleteRecoveryAsync(new CompleteRecoveryRequest { RequestId = RequestId(), RecoveryId = Heroine.Email, Code = "123456", NewPassword = Heroine.NewPassword }, from)),
            Call(() => service.Logins.SendStepUpCodeAsync(new SendStepUpCodeRequest { RequestId = Heroine.Email, StepUpId = session.AccessToken }, from)),
            Call(() => service.Logins.CompleteStepUpAsync(new CompleteStepUpRequest { RequestId = RequestId(), StepUpId = Heroine.Email, RecoveryCode = Heroine.Password }, from)),
            Call(() => service.Sessions.RefreshSessionAsync(new RefreshSessionRequest { RefreshToken = tampered }, from)),
            Call(() => service.Sessions.RefreshSessionAsync(new RefreshSessionRequest { RefreshToken = Heroine.Password }, from)),
            Call(() => service.Sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = session.RefreshToken, RequiredAal = Heroine.Email, RequiredScopes = { Heroine.Password } }, asAdmin)),
            Call(() => service.Sessions.ListSessionsAsync(new ListSessionsRequest { PageToken = Heroine.Email, AccountId = Heroine.Email }, asAdmin)),
            Call(() => service.Sessions.RevokeSessionAsync(new RevokeSessionRequest { RequestId = Heroine.Email, SessionId = Heroine.Email }, asAdmin)),
            Call(() => service.Accounts.GetAccountAsync(new GetAccountRequest(), From(Heroine.AbroadAddress, session.RefreshToken))),
            Call(() => service.Accounts.GetAccountAsync(new GetAccountRequest(), From(Heroine.AbroadAddress, passwordAsToken))),
            Call(() => service.Ecv.VerifyEcvAsync(new VerifyEcvRequest { AccountId = Heroine.Email, Environment = impossible, PeerAddress = Heroine.Email }, asAdmin)),
            Call(() => service.Ecv.VerifyEcvAsync(new VerifyEcvRequest { AccountId = session.AccountId, Ecv = $"ecv1.{Heroine.Password}", PeerAddress = Heroine.AbroadAddress }, asAdmin)),
            Call(() => service.Admin.LookUpAccountAsync(new LookUpAccountRequest { Identifier = Heroine.Phone }, asAdmin)),
            Call(() => service.Admin.LookUpAccountAsync(new LookUpAccountRequest { AccountId = Heroine.Email }, asAdmin)),
            Call(() => service.Admin.CreateServiceCredentialAsync(new CreateServiceCredentialRequest { RequestId = RequestId(), Name = Heroine.Email, Scopes = { Heroine.Password } }, asAdmin)),
        ];
        foreach (var call in calls)
            await call();
    }

    private static Metadata Proof(ByteString proof) => new() { { "x-forwarded-for", Heroine.AbroadAddress }, { "authservice-proof-bin", proof.ToByteArray() } };

    /// <summary>Most of these are refused; which way, other tests say.</summary>
    private static Func<Task> Call<T>(Func<AsyncUnaryCall<T>> call) => async () =>
    {
        try
        {
            await call();
        }
        catch (RpcException refusal)
        {
            refusal.StatusCode.ShouldNotBe(StatusCode.Internal, refusal.ToString());
            refusal.StatusCode.ShouldNotBe(StatusCode.Unavailable, refusal.ToString());
        }
    };
}
