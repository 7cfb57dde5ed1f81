using System.Security.Cryptography;
using AuthService.Client.Calls;
using AuthService.Client.Connections;
using AuthService.Client.Keys;
using AuthService.Client.Sessions;
using AuthService.V1;
using Google.Protobuf;
using Grpc.Core;

namespace AuthService.Client;

/// <summary>
/// An app's side of the service: sign-up, sign-in, step-up, device binding, and a session that renews itself. One instance is
/// one person on one device; for another person take another instance with another store.
/// </summary>
/// <remarks>
/// Safe to use from several threads at once. A refusal is an <see cref="AuthServiceException"/>; so is an unreachable service.
/// Every other RPC for end users goes through <see cref="Calls"/>.
/// </remarks>
public sealed class AuthServiceClient : IDisposable
{
    private readonly ServerConnections _connections;
    private readonly ProofMaker _proofs;
    private readonly SessionKeeper _sessions;
    private readonly Callers _callers;

    /// <exception cref="ArgumentException">The options contradict themselves, or would send in plaintext beyond loopback.</exception>
    public AuthServiceClient(AuthServiceClientOptions options)
    {
        AuthServiceClientOptions.Check(options);
        _connections = new ServerConnections(options);
        _proofs = new ProofMaker(options.Audience, options.Clock);
        _sessions = new SessionKeeper(options, ExchangeAsync);
        _callers = new Callers(_sessions, options.DeviceKey);
        Calls = Invoker(_callers.Person);
        FreshCalls = Invoker(_callers.FreshPerson);
    }

    /// <summary>
    /// Calls as the person signed in, with a proof if the session is bound to the device key:
    /// <c>new AccountService.AccountServiceClient(client.Calls)</c>. Asynchronous unary methods only.
    /// </summary>
    public CallInvoker Calls { get; }

    /// <summary>
    /// The same, for what needs a fresh factor: each proof answers a challenge of its own. Of use only while the session is
    /// bound; else pass a factor by <c>StartStepUp</c> first.
    /// </summary>
    public CallInvoker FreshCalls { get; }

    /// <summary>Begins a sign-up: a code goes to the contact.</summary>
    /// <returns>The verification id, for <see cref="VerifyContactAsync"/>.</returns>
    public async Task<string> SignUpAsync(CreateAccountRequest request, CancellationToken cancellationToken = default)
    {
        var identified = request.Clone();
        if (identified.RequestId.Length == 0)
            identified.RequestId = NewRequestId();

        var response = await new AccountService.AccountServiceClient(Invoker(Callers.Nobody))
            .CreateAccountAsync(identified, cancellationToken: cancellationToken);
        return response.VerificationId;
    }

    /// <summary>Finishes a sign-up with the code, and signs in.</summary>
    /// <param name="verificationId">From <see cref="SignUpAsync"/>.</param>
    /// <param name="code">Digits, as sent.</param>
    /// <param name="rememberDevice">Whether this device may sign in later without a step-up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ClientSession> VerifyContactAsync(
        string verificationId, string code, bool rememberDevice, CancellationToken cancellationToken = default)
    {
        var request = new VerifyContactRequest
        {
            RequestId = NewRequestId(), VerificationId = verificationId, Code = code, RememberDevice = rememberDevice,
        };
        var response = await new AccountService.AccountServiceClient(Invoker(Callers.Nobody))
            .VerifyContactAsync(request, cancellationToken: cancellationToken);
        return await _sessions.KeepAsync(response.Session, cancellationToken);
    }

    /// <summary>Signs in by password: with the device token if there is one, with a proof if the device key is bound.</summary>
    /// <param name="identifier">E-mail address or phone number.</param>
    /// <param name="password">As typed.</param>
    /// <param name="environment">What the app knows of its surroundings and the person agreed to tell; or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<SignInOutcome> SignInAsync(
        string identifier, string password, EnvironmentSignals? environment, CancellationToken cancellationToken = default) =>
        SignInAsync(new LoginRequest { Identifier = identifier, Password = password, Environment = environment }, cancellationToken);

    /// <summary>Signs in by the bound device key, without a password.</summary>
    /// <exception cref="InvalidOperationException">No key of this app is bound.</exception>
    public async Task<SignInOutcome> SignInWithDeviceAsync(
        string identifier, EnvironmentSignals? environment, CancellationToken cancellationToken = default)
    {
        var device = await OwnDeviceAsync(cancellationToken);
        return await SignInAsync(new LoginRequest { Identifier = identifier, Device = device, Environment = environment }, cancellationToken);
    }

    /// <summary>Has a code sent for a step-up.</summary>
    /// <param name="stepUpId">Of the step-up.</param>
    /// <param name="factor">EMAIL_CODE or SMS_CODE; unspecified means the account's own contact.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task SendStepUpCodeAsync(
        string stepUpId, FactorKind factor = FactorKind.Unspecified, CancellationToken cancellationToken = default)
    {
        var request = new SendStepUpCodeRequest { RequestId = NewRequestId(), StepUpId = stepUpId, Factor = factor };
        await new LoginService.LoginServiceClient(Invoker(_callers.Device))
            .SendStepUpCodeAsync(request, cancellationToken: cancellationToken);
    }

    /// <summary>Completes a step-up, and so the sign-in (or the <c>StartStepUp</c>) that asked for it.</summary>
    /// <param name="request">The step-up and one factor. A request id is made up if it has none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ClientSession> CompleteStepUpAsync(CompleteStepUpRequest request, CancellationToken cancellationToken = default)
    {
        var identified = request.Clone();
        if (identified.RequestId.Length == 0)
            identified.RequestId = NewRequestId();

        // A key shows itself by answering a challenge; beside another factor its proof only says where the call comes from.
        var callers = identified.Device is null ? _callers.Device : _callers.FreshDevice;
        var response = await new LoginService.LoginServiceClient(Invoker(callers))
            .CompleteStepUpAsync(identified, cancellationToken: cancellationToken);
        return await _sessions.KeepAsync(response.Session, cancellationToken);
    }

    /// <summary>Completes a step-up with the bound device key, where DEVICE_KEY is among its factors: the person has nothing to type.</summary>
    /// <param name="stepUpId">Of the step-up.</param>
    /// <param name="rememberDevice">Whether this device may sign in later without a step-up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">No key of this app is bound.</exception>
    public async Task<ClientSession> CompleteStepUpWithDeviceAsync(
        string stepUpId, bool rememberDevice = false, CancellationToken cancellationToken = default)
    {
        var device = await OwnDeviceAsync(cancellationToken);
        return await CompleteStepUpAsync(
            new CompleteStepUpRequest { StepUpId = stepUpId, Device = device, RememberDevice = rememberDevice }, cancellationToken);
    }

    /// <summary>
    /// Binds a key to the account, and the session to the key. Needs a fresh factor. If the session is bound already, its key
    /// countersigns, so that the new one is trusted at once; from then on the new key is this client's.
    /// </summary>
    /// <param name="newKey">This device's key. Keep it: it is needed at every start from now on.</param>
    /// <param name="name">For the owner's list of devices.</param>
    /// <param name="category">"phone", "hub", "laptop" ...</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Device> BindDeviceAsync(
        IDeviceKey newKey, string name, string category, CancellationToken cancellationToken = default)
    {
        var request = new BindDeviceRequest
        {
            RequestId = NewRequestId(),
            PublicKey = ByteString.CopyFrom(newKey.PublicKey.SubjectPublicKeyInfo.Span),
            Name = name,
            Category = category,
        };

        var response = await new DeviceService.DeviceServiceClient(Invoker(_callers.Binding(newKey)))
            .BindDeviceAsync(request, cancellationToken: cancellationToken);
        _callers.Bound(response.Session.DeviceId, newKey);
        await _sessions.KeepAsync(response.Session, cancellationToken);
        return response.Device;
    }

    /// <summary>The session, renewed if its access token is about to end; null if nobody is signed in.</summary>
    public async Task<ClientSession?> GetSessionAsync(CancellationToken cancellationToken = default) =>
        (await _sessions.StateAsync(cancellationToken)).Session is null ? null : await _sessions.CurrentAsync(cancellationToken);

    /// <summary>Renews the session now. <see cref="Calls"/> does so by itself when it is time.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public async Task<ClientSession> RefreshAsync(CancellationToken cancellationToken = default)
    {
        var session = (await _sessions.StateAsync(cancellationToken)).Session ?? throw new InvalidOperationException("Nobody is signed in.");
        return await _sessions.RefreshAsync(session, cancellationToken);
    }

    /// <summary>
    /// Ends the session here and on the service. The device stays known: its token and its binding are for the next sign-in.
    /// If the service cannot be reached, it ends here all the same, and there when it expires.
    /// </summary>
    public async Task SignOutAsync(CancellationToken cancellationToken = default)
    {
        if ((await _sessions.StateAsync(cancellationToken)).Session is not { } session)
            return;

        try
        {
            var request = new RevokeSessionRequest { RequestId = NewRequestId(), SessionId = session.SessionId };
            await new SessionService.SessionServiceClient(Calls).RevokeSessionAsync(request, cancellationToken: cancellationToken);
        }
        catch (AuthServiceException refusal) when (SessionKeeper.IsOver(refusal.Reason))
        {
            // It had ended already.
        }
        finally
        {
            await _sessions.ChangeAsync(state => state with { Session = null }, CancellationToken.None);
        }
    }

    /// <summary>Forgets session, device token and binding, here only: for when the owner has unbound this device elsewhere.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken = default) =>
        _sessions.ChangeAsync(_ => StoredSignIn.Empty, cancellationToken);

    public void Dispose()
    {
        _connections.Dispose();
        _sessions.Dispose();
    }

    private async Task<SignInOutcome> SignInAsync(LoginRequest request, CancellationToken cancellationToken)
    {
        request.RequestId = NewRequestId();
        request.DeviceToken = (await _sessions.StateAsync(cancellationToken)).DeviceToken;

        var response = await new LoginService.LoginServiceClient(Invoker(_callers.Login)).LoginAsync(request, cancellationToken: cancellationToken);
        return response.OutcomeCase switch
        {
            LoginResponse.OutcomeOneofCase.Session =>
                new SignInOutcome.SignedIn(await _sessions.KeepAsync(response.Session, cancellationToken)),
            LoginResponse.OutcomeOneofCase.StepUp => new SignInOutcome.StepUpNeeded(response.StepUp),
            _ => throw new NotSupportedException("The service answered in a way that this version does not know."),
        };
    }

    private async Task<DeviceCredential> OwnDeviceAsync(CancellationToken cancellationToken)
    {
        var deviceId = (await _sessions.StateAsync(cancellationToken)).DeviceId;
        return _callers.CanProve(deviceId)
            ? new DeviceCredential { DeviceId = deviceId }
            : throw new InvalidOperationException("No key of this app is bound: sign in by password, then call BindDeviceAsync.");
    }

    private async Task<Session> ExchangeAsync(ClientSession session, CancellationToken cancellationToken)
    {
        var request = new RefreshSessionRequest { RefreshToken = session.RefreshToken };
        var response = await new SessionService.SessionServiceClient(Invoker(_callers.Refresh(session)))
            .RefreshSessionAsync(request, cancellationToken: cancellationToken);
        return response.Session;
    }

    private ProvingCallInvoker Invoker(CallerSource callers) => new(_connections, _proofs, callers);

    private static string NewRequestId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
