using AuthService.Client;
using AuthService.Client.Keys;
using AuthService.Client.Sessions;
using AuthService.Protocol;
using AuthService.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace AuthService.Cli.Demo;

/// <summary>
/// A person, her phone, a second phone, and a thief who has her password and a copy of everything her phone would say. Played
/// against a running service in Development, by the SDK, as apps would.
/// </summary>
internal sealed class Story : IDisposable
{
    // Documentation's own networks (RFC 5737), so nobody's.
    private const string Home = "198.51.100.20", Abroad = "203.0.113.7", OnATrip = "203.0.113.99", Thief = "192.0.2.66";

    private readonly Uri _address;
    private readonly Observer _observer;
    private readonly Mailbox _mail;
    private readonly Person _anna = new();
    private readonly SoftwareDeviceKey _key = SoftwareDeviceKey.Generate();
    private readonly FromAddress _phoneNetwork = new(Home), _newPhoneNetwork = new(Abroad), _thiefNetwork = new(Thief);
    private readonly AuthServiceClient _phone, _newPhone, _thief;
    private string _accountId = "";

    public Story(Uri address, FileInfo outbox, Observer observer)
    {
        (_address, _observer) = (address, observer);
        _mail = new Mailbox(outbox, _anna.Email);
        _phone = On(_phoneNetwork);
        _newPhone = On(_newPhoneNetwork);
        _thief = On(_thiefNetwork);
    }

    public async IAsyncEnumerable<Scene> PlayAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await SignUpAsync(cancellationToken);
        yield return await FirstLoginAsync(cancellationToken);
        yield return await SecondLoginAsync(cancellationToken);
        yield return await NewPhoneAbroadAsync(cancellationToken);
        yield return await CopiedProfileAsync(cancellationToken);
        yield return await BindKeyAsync(cancellationToken);
        yield return await TripAsync(cancellationToken);
        yield return await StolenRefreshTokenAsync(cancellationToken);
        yield return await RevocationAsync(cancellationToken);
    }

    public void Dispose()
    {
        _phone.Dispose();
        _newPhone.Dispose();
        _thief.Dispose();
        _phoneNetwork.Dispose();
        _newPhoneNetwork.Dispose();
        _thiefNetwork.Dispose();
        _key.Dispose();
    }

    private async Task<Scene> SignUpAsync(CancellationToken cancellationToken)
    {
        var verification = await _phone.SignUpAsync(_anna.SignUp(Surroundings.PhoneAtHome()), cancellationToken);
        var code = await _mail.NextCodeAsync("verify_contact", cancellationToken);
        var session = await _phone.VerifyContactAsync(verification, code, rememberDevice: false, cancellationToken);
        _accountId = session.AccountId;
        return new("Anna signs up at home", "session", "session", true);
    }

    private async Task<Scene> FirstLoginAsync(CancellationToken cancellationToken)
    {
        var outcome = await _phone.SignInAsync(_anna.Email, _anna.Password, Surroundings.PhoneAtHome(), cancellationToken);
        return await JudgeAsync("first login, at home; nothing yet that cannot be copied", "step-up, then remembered", async () =>
        {
            if (outcome is not SignInOutcome.StepUpNeeded { StepUp: var stepUp })
                return ("session at once", false);
            await CompleteAsync(_phone, stepUp, rememberDevice: true, cancellationToken);
            return ("step-up, then remembered", true);
        });
    }

    private async Task<Scene> SecondLoginAsync(CancellationToken cancellationToken)
    {
        var outcome = await _phone.SignInAsync(_anna.Email, _anna.Password, Surroundings.PhoneAtHome(), cancellationToken);
        return await JudgeAsync("second login, at home, on the remembered phone", "allowed", () => Task.FromResult(
            outcome is SignInOutcome.SignedIn ? ("allowed", true) : ("step-up", false)));
    }

    private async Task<Scene> NewPhoneAbroadAsync(CancellationToken cancellationToken)
    {
        var outcome = await _newPhone.SignInAsync(_anna.Email, _anna.Password, Surroundings.NewPhoneAbroad(), cancellationToken);
        return await JudgeAsync("a new phone, abroad", "step-up, then session", async () =>
        {
            if (outcome is not SignInOutcome.StepUpNeeded { StepUp: var stepUp })
                return ("session at once", false);
            await CompleteAsync(_newPhone, stepUp, rememberDevice: false, cancellationToken);
            return ("step-up, then session", true);
        });
    }

    private async Task<Scene> CopiedProfileAsync(CancellationToken cancellationToken)
    {
        string happened;
        try
        {
            var outcome = await _thief.SignInAsync(_anna.Email, _anna.Password, Surroundings.PhoneAtHome(), cancellationToken);
            happened = outcome is SignInOutcome.SignedIn ? "allowed" : "step-up, which he cannot pass";
        }
        catch (AuthServiceException refusal)
        {
            happened = refusal.Reason;
        }

        return await JudgeAsync("a thief, elsewhere: right password, every signal of her phone copied", "never allowed", () => Task.FromResult(
            (happened, happened != "allowed")));
    }

    private async Task<Scene> BindKeyAsync(CancellationToken cancellationToken)
    {
        var device = await _phone.BindDeviceAsync(_key, "Anna's phone", "phone", cancellationToken);
        return new("she binds her phone's key", "device bound", device.DeviceId.Length > 0 ? "device bound" : "no device", device.DeviceId.Length > 0);
    }

    private async Task<Scene> TripAsync(CancellationToken cancellationToken)
    {
        _phoneNetwork.Address = OnATrip;
        var outcome = await _phone.SignInAsync(_anna.Email, _anna.Password, Surroundings.PhoneOnATrip(), cancellationToken);
        return await JudgeAsync("the bound phone, on a trip", "allowed", () => Task.FromResult(
            outcome is SignInOutcome.SignedIn ? ("allowed", true) : ("step-up", false)));
    }

    private async Task<Scene> StolenRefreshTokenAsync(CancellationToken cancellationToken)
    {
        // The thief copies a token; the owner's app goes on refreshing, and so uses its successor.
        var stolen = (await _newPhone.GetSessionAsync(cancellationToken))!.RefreshToken;
        await _newPhone.RefreshAsync(cancellationToken);
        await _newPhone.RefreshAsync(cancellationToken);

        var thief = await ReasonAsync(() => RefreshAsync(stolen, cancellationToken));
        var owner = await ReasonAsync(() => _newPhone.RefreshAsync(cancellationToken));
        return new(
            "the thief uses a refresh token that she has used since",
            "refused, and the session ends for both",
            $"thief: {thief}; owner: {owner}",
            thief == ErrorReasons.SessionReused && owner.StartsWith("SESSION_", StringComparison.Ordinal));
    }

    private async Task<Scene> RevocationAsync(CancellationToken cancellationToken)
    {
        var session = (await _phone.GetSessionAsync(cancellationToken))!;
        var before = await _observer.ValidateAsync(session.AccessToken, cancellationToken);
        await _phone.SignOutAsync(cancellationToken);
        var after = await _observer.ValidateAsync(session.AccessToken, cancellationToken);
        return new(
            "she signs out; a service validates before and after",
            "active, then inactive",
            $"{before}, then {after}",
            before == "active" && after.StartsWith("inactive", StringComparison.Ordinal));
    }

    private async Task CompleteAsync(AuthServiceClient phone, StepUp stepUp, bool rememberDevice, CancellationToken cancellationToken)
    {
        await phone.SendStepUpCodeAsync(stepUp.StepUpId, cancellationToken: cancellationToken);
        var code = await _mail.NextCodeAsync("step_up", cancellationToken);
        var completion = new CompleteStepUpRequest { StepUpId = stepUp.StepUpId, Code = code, RememberDevice = rememberDevice };
        await phone.CompleteStepUpAsync(completion, cancellationToken);
    }

    private async Task<Scene> JudgeAsync(string what, string expected, Func<Task<(string Happened, bool AsExpected)>> outcome)
    {
        var verdict = await _observer.LatestVerdictAsync(_accountId, CancellationToken.None);
        var (happened, asExpected) = await outcome();
        return new(what, expected, happened, asExpected, verdict);
    }

    private async Task RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(_address, new GrpcChannelOptions { HttpHandler = _thiefNetwork });
        await new SessionService.SessionServiceClient(channel)
            .RefreshSessionAsync(new RefreshSessionRequest { RefreshToken = refreshToken }, cancellationToken: cancellationToken);
    }

    private static async Task<string> ReasonAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "allowed";
        }
        catch (RpcException refusal)
        {
            return AuthServiceException.From(refusal).Reason;
        }
    }

    private AuthServiceClient On(FromAddress network) => new(new AuthServiceClientOptions { Address = _address, HttpHandler = network });
}
