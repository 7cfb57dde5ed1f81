using System.Collections.Concurrent;
using AuthService.Client;
using AuthService.Client.Keys;
using AuthService.SystemTests.Harness;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OtpNet;
using static AuthService.SystemTests.Harness.Person;
using static AuthService.SystemTests.Harness.ServiceProcess;

namespace AuthService.SystemTests.Secrecy;

/// <summary>All that a person does in a life with the service; and every secret that was handed to her, or that she handed over.</summary>
public sealed class Story(ServiceProcess service, DataFolder data) : IDisposable
{
    private readonly OutboxFile _outbox = data.Outbox();
    private readonly SoftwareDeviceKey _key = SoftwareDeviceKey.Generate();
    private readonly ConcurrentBag<Secret> _secrets = [];
    private Totp? _authenticator;

    /// <summary>Tokens and codes: what the service made, and shows once.</summary>
    public IReadOnlyCollection<Secret> Secrets => _secrets;

    /// <summary>Codes, which stand in the outbox by right.</summary>
    public IReadOnlyCollection<Secret> Codes => [.. _secrets.Where(secret => secret.IsDigits)];

    /// <summary>What her notices carry; these stand in the outbox by right, too.</summary>
    public IReadOnlyCollection<Secret> ReportTokens =>
        [.. _outbox.All().Select(message => message.ReportToken).OfType<string>().SelectMany(token => Secret.OfToken("report token", token))];

    /// <summary>The last that she was signed in with.</summary>
    public Session Session { get; private set; } = new();

    public async Task TellAsync()
    {
        await SignUpAsync();
        await LogInAtHomeAsync();
        await LogInAbroadAsync();
        await EnrolFactorsAsync();
        await ChangeDetailsAsync();
        await AnswerServicesAsync();
        await RefreshAndRevokeAsync();
        await BindDeviceAsync();
        await RecoverAsync();
    }

    public void Dispose() => _key.Dispose();

    private async Task SignUpAsync()
    {
        var created = await service.Accounts.CreateAccountAsync(Heroine.SignUp(), From(Heroine.HomeAddress));

        // Request ids are the app's to choose, and this one chooses badly.
        var verify = new VerifyContactRequest
        {
            RequestId = Heroine.Email, VerificationId = created.VerificationId, Code = "000000", RememberDevice = true,
        };
        await Should.ThrowAsync<RpcException>(service.Accounts.VerifyContactAsync(verify, From(Heroine.HomeAddress)).ResponseAsync);
        verify.Code = await CodeAsync(Heroine.Email);
        Keep((await service.Accounts.VerifyContactAsync(verify, From(Heroine.HomeAddress))).Session);

        // Somebody else, on her contact: she is told.
        var again = Heroine.SignUp();
        again.Password = Heroine.NewPassword;
        await service.Accounts.CreateAccountAsync(again, From(Heroine.AbroadAddress));
    }

    private async Task LogInAtHomeAsync()
    {
        Keep((await LogInAsync(Heroine.Password, Heroine.Home(), Heroine.HomeAddress, Session.DeviceToken)).Session);
        var refused = Should.ThrowAsync<RpcException>(() => LogInAsync(Heroine.MistypedPassword, Heroine.Home(), Heroine.HomeAddress));
        (await refused).StatusCode.ShouldBe(StatusCode.Unauthenticated);
    }

    private async Task LogInAbroadAsync()
    {
        var asked = (await LogInAsync(Heroine.Password, Heroine.Abroad(), Heroine.AbroadAddress)).StepUp;
        asked.ShouldNotBeNull();
        await service.Logins.SendStepUpCodeAsync(
            new SendStepUpCodeRequest { RequestId = RequestId(), StepUpId = asked.StepUpId }, From(Heroine.AbroadAddress));
        var complete = new CompleteStepUpRequest
        {
            RequestId = Heroine.Email, StepUpId = asked.StepUpId, Code = await CodeAsync(Heroine.Email), RememberDevice = true,
        };
        Keep((await service.Logins.CompleteStepUpAsync(complete, From(Heroine.AbroadAddress))).Session);
    }

    private async Task EnrolFactorsAsync()
    {
        var codes = await service.Logins.EnrollFactorAsync(
            new EnrollFactorRequest { RequestId = RequestId(), Kind = FactorKind.RecoveryCode }, AsHer());
        foreach (var code in codes.RecoveryCodes)
            _secrets.Add(Secret.OfText("recovery code", code));

        var totp = await service.Logins.EnrollFactorAsync(
            new EnrollFactorRequest { RequestId = RequestId(), Kind = FactorKind.Totp, Name = Heroine.DeviceName }, AsHer());
        var seed = System.Text.RegularExpressions.Regex.Match(totp.TotpUri, "(?<=secret=)[A-Z2-7]+", default, TimeSpan.FromSeconds(1)).Value;
        _secrets.Add(Secret.OfText("TOTP secret", seed));
        _secrets.Add(Secret.OfBytes("TOTP secret, its bytes", Base32Encoding.ToBytes(seed)));
        _authenticator = new Totp(Base32Encoding.ToBytes(seed));
        var now = _authenticator.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime);
        _secrets.Add(Secret.OfDigits("TOTP code", now));
        await service.Logins.ConfirmFactorAsync(
            new ConfirmFactorRequest { RequestId = RequestId(), FactorId = totp.Factor.FactorId, Code = now }, AsHer());
    }

    private async Task ChangeDetailsAsync()
    {
        var update = new UpdateAccountRequest
        {
            RequestId = RequestId(), Account = new Account { FamilyName = Heroine.NewFamilyName, Email = Heroine.NewEmail },
            UpdateMask = FieldMask.FromString("family_name,email"),
        };
        var changed = await service.Accounts.UpdateAccountAsync(update, AsHer());
        var verify = new VerifyContactRequest
        {
            RequestId = RequestId(), VerificationId = changed.VerificationId, Code = await CodeAsync(Heroine.NewEmail),
        };
        await service.Accounts.VerifyContactAsync(verify, AsHer());
        await service.Accounts.ChangePasswordAsync(
            new ChangePasswordRequest { RequestId = RequestId(), CurrentPassword = Heroine.Password, NewPassword = Heroine.NewPassword }, AsHer());
    }

    /// <summary>What other services ask about her.</summary>
    private async Task AnswerServicesAsync()
    {
        var (asService, asAdmin) = (Bearer(data.ServiceToken), Bearer(data.AdminToken));
        var computed = await service.Ecv.ComputeEcvAsync(
            new ComputeEcvRequest { AccountId = Session.AccountId, Environment = Heroine.Home() }, asAdmin);
        var verify = new VerifyEcvRequest
        {
            AccountId = Session.AccountId, Environment = Heroine.Abroad(), PeerAddress = Heroine.AbroadAddress, Rpc = "/shop.v1.Shop/Pay",
        };
        (await service.Ecv.VerifyEcvAsync(verify, asAdmin)).Verdict.Evidence.ShouldNotBeEmpty();
        await service.Ecv.VerifyEcvAsync(new VerifyEcvRequest { AccountId = Session.AccountId, Ecv = computed.Ecv }, asAdmin);
        await service.Sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = Session.AccessToken }, asService);
        await service.Admin.LookUpAccountAsync(new LookUpAccountRequest { Identifier = Heroine.NewEmail }, asAdmin);
    }

    private async Task RefreshAndRevokeAsync()
    {
        var before = Session.RefreshToken;
        Keep((await service.Sessions.RefreshSessionAsync(
            new RefreshSessionRequest { RefreshToken = before, Environment = Heroine.Abroad() }, From(Heroine.AbroadAddress))).Session);
        await service.Sessions.RevokeSessionAsync(new RevokeSessionRequest { RequestId = RequestId(), SessionId = Session.SessionId }, AsHer());
    }

    private async Task BindDeviceAsync()
    {
        using var app = new AuthServiceClient(new AuthServiceClientOptions { Address = service.GrpcAddress });
        if (await app.SignInAsync(Heroine.NewEmail, Heroine.NewPassword, Heroine.Home()) is SignInOutcome.StepUpNeeded { StepUp: var asked })
        {
            await app.SendStepUpCodeAsync(asked.StepUpId);
            await CodeAsync(Heroine.NewEmail);

            // The mailbox would let her in, but not vouch for a key. The code of the next half minute: this one's she has used.
            var next = _authenticator!.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30));
            _secrets.Add(Secret.OfDigits("TOTP code", next));
            await app.CompleteStepUpAsync(new CompleteStepUpRequest { StepUpId = asked.StepUpId, Totp = next });
        }

        await app.BindDeviceAsync(_key, Heroine.DeviceName, "phone");
        await app.RefreshAsync();
        var session = (await app.GetSessionAsync())!;
        Keep(new Session
        {
            AccessToken = session.AccessToken, RefreshToken = session.RefreshToken, SessionId = session.SessionId, AccountId = session.AccountId,
        });
        await new AccountService.AccountServiceClient(app.Calls).GetAccountAsync(new GetAccountRequest());
        await app.SignInWithDeviceAsync(Heroine.NewEmail, Heroine.Abroad());
    }

    private async Task RecoverAsync()
    {
        var started = await service.Accounts.StartRecoveryAsync(
            new StartRecoveryRequest { RequestId = RequestId(), Identifier = Heroine.NewEmail }, From(Heroine.AbroadAddress));
        started.RecoveryId.ShouldNotBeEmpty();
        await CodeAsync(Heroine.NewEmail);

        // A sign-up by phone, begun only.
        var byPhone = Heroine.SignUp();
        byPhone.PhoneNumber = Heroine.Phone;
        await service.Accounts.CreateAccountAsync(byPhone, From(Heroine.HomeAddress));
        await CodeAsync(Heroine.Phone);
    }

    private async Task<LoginResponse> LogInAsync(string password, EnvironmentSignals environment, string address, string deviceToken = "")
    {
        var request = new LoginRequest
        {
            RequestId = Heroine.Email, Identifier = Heroine.Email, Password = password, Environment = environment, DeviceToken = deviceToken,
        };
        return await service.Logins.LoginAsync(request, From(address));
    }

    private Metadata AsHer() => From(Heroine.AbroadAddress, Session.AccessToken);

    private async Task<string> CodeAsync(string contact)
    {
        var code = await _outbox.NextCodeAsync(contact);
        _secrets.Add(Secret.OfDigits("code", code));
        return code;
    }

    private void Keep(Session session)
    {
        (string Name, string Token)[] tokens =
            [("access token", session.AccessToken), ("refresh token", session.RefreshToken), ("device token", session.DeviceToken)];
        foreach (var secret in tokens.Where(token => token.Token.Length > 0).SelectMany(token => Secret.OfToken(token.Name, token.Token)))
            _secrets.Add(secret);
        Session = session;
    }
}
