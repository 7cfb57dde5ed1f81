using AuthService.Accounts;
using AuthService.Devices;
using AuthService.Ecv.Signals;
using AuthService.Environments;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Protocol;
using AuthService.RateLimiting;
using AuthService.Risk;
using AuthService.Security;
using AuthService.Security.Keys;
using AuthService.Security.Passwords;
using AuthService.Security.Proofs;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Grpc.Core;
using Secret = AuthService.V1.LoginRequest.SecretOneofCase;

namespace AuthService.Login;

/// <summary>Signs a person in: design §3, in its order. Unknown identifiers walk the same path, with a decoy account.</summary>
internal sealed class SignIn(
    EnvironmentReader environments,
    AccountDirectory directory,
    ContactIndex contactIndex,
    DeviceTokens deviceTokens,
    LoginRisk risk,
    ConsecutiveFailures failures,
    RateLimits limits,
    PasswordHashing passwords,
    SignInOutcome outcome,
    LoginMetrics metrics,
    Database database)
{
    private const int MaxPassword = 4096;

    public async Task<LoginResponse> RunAsync(LoginRequest request, Call call, CancellationToken cancellationToken)
    {
        var (contact, signals) = Parse(request, call);

        // 1. limits: the network's are taken already. What strangers use up of an identifier's must not lock its owner out, so who
        //    shows a device is looked at first, and counted apart if the device is known.
        await ThrowIfLimitedAsync(LimitName.AllLogins, "", cancellationToken);
        var showsDevice = call.Proof is not null || request.DeviceToken.Length > 0;
        if (!showsDevice)
            await ThrowIfLimitedAsync(LimitName.Identifier, contactIndex.LimitKey(contact), cancellationToken);

        // 2. the proof: verified, and its challenge consumed, before this was called
        var row = await directory.FindRowOrDecoyAsync(contact, cancellationToken);
        var id = AccountId.Parse(row.Id);
        var proof = call.Proof is { } shown && shown.Device.AccountId == row.Id ? shown : null;
        var deviceToken = await database.ReadAsync(
            rows => deviceTokens.FindAsync(rows, id, request.DeviceToken, cancellationToken), cancellationToken);

        // A token that was issued to a bound device is worth nothing without its key.
        if (deviceToken is { DeviceId: { } bound } && proof?.Device.Id != bound)
            deviceToken = null;
        if (showsDevice && proof is null)
        {
            await ThrowIfLimitedAsync(
                deviceToken is null ? LimitName.Identifier : LimitName.Device, deviceToken?.Id ?? contactIndex.LimitKey(contact), cancellationToken);
        }

        // Before the secret is looked at, only what does not depend on the account may refuse: what this network has done lately. Who
        // proves a device of the account, or has a token of it, is not the network's other callers.
        if (proof is null && deviceToken is null
            && await database.ReadAsync(rows => risk.RefusesAsync(rows, call.Network, cancellationToken), cancellationToken))
        {
            metrics.SignedIn(LoginMetrics.Denied);
            throw CallErrors.EnvironmentDenied();
        }

        // 3. a number is taken, durably, so that tries at once are tries in a row
        var target = TargetOf(row, contact, proof, deviceToken);
        await TakeNumberAsync(row, contact, target, call, cancellationToken);

        // 4. signals, evidence and decision, while the secret is hashed: some accounts have more to compare than others, and nobody
        //    is to learn how much, or that there is anything. Whatever was decided, nothing is answered before the secret.
        var checking = CheckSecretAsync(row, request, proof, target, cancellationToken);
        var account = await directory.OpenAsync(row, contact, cancellationToken);
        var question = new RiskQuestion(account.Keys, signals, call.Network)
        {
            Subject = account.Subject,
            Proof = proof,
            DeviceTokenValid = deviceToken is not null,
        };
        Assessment assessment;
        try
        {
            assessment = await database.ReadAsync(rows => risk.AssessAsync(rows, question, cancellationToken), cancellationToken);
        }
        finally
        {
            // Nothing of a call goes on when it is over.
            await ((Task)checking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        // 5. the secret: of an account that was erased meanwhile none is right any more
        var secret = await checking;
        if (account.Id != id)
            secret = SecretCheck.Wrong;

        // 6. the answer, with its event, in one transaction
        var attempt = new SignInAttempt(account, request, call, proof, deviceToken, assessment, target);
        return await outcome.ConcludeAsync(attempt, secret, cancellationToken);
    }

    private (Contact Contact, CanonicalSignals Signals) Parse(LoginRequest request, Call call)
    {
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        var contact = fields.Parse<Contact>("identifier", request.Identifier, Contact.TryParse, "an e-mail address or a phone number in E.164");
        switch (request.SecretCase)
        {
            case Secret.Password when request.Password.Length is 0 or > MaxPassword:
                fields.Add("password", $"Must have 1 to {MaxPassword} characters.");
                break;
            case Secret.None:
                fields.Add("password", "Required: a password, or a device.");
                break;
            case Secret.Device when call.Proof is not { WithChallenge: true }:
                throw CallErrors.ProofRequired();
        }

        if (request.DeviceToken.Length > 256)
            fields.Add("device_token", "Must be a device token as this service gave it.");
        var signals = environments.Read(fields, "environment", request.Environment);
        fields.ThrowIfAny();
        return (contact, signals);
    }

    /// <summary>Strangers are counted together; a device that is known has an allowance of its own.</summary>
    private byte[] TargetOf(AccountRow account, Contact contact, VerifiedProof? proof, DeviceTokenRow? deviceToken) => (proof, deviceToken) switch
    {
        ({ } trusted, _) when trusted.IsTrustedAt(database.Now()) => failures.TargetOf("device", $"{account.Id}/{trusted.Device.Id}"),
        (_, { Id: var token }) => failures.TargetOf("device", $"{account.Id}/{token}"),
        _ when account.IsDecoy => failures.TargetOf("identifier", contact.Value),
        _ => failures.TargetOf("account", account.Id),
    };

    private async Task ThrowIfLimitedAsync(LimitName limit, string key, CancellationToken cancellationToken)
    {
        if (await limits.TakeAsync(limit, key, cancellationToken) is not { } refusal)
            return;
        metrics.SignedIn(LoginMetrics.Limited);
        throw CallErrors.Limited(refusal);
    }

    private async Task TakeNumberAsync(AccountRow row, Contact contact, byte[] target, Call call, CancellationToken cancellationToken)
    {
        var attempt = await database.WriteAsync(
            async work =>
            {
                var taken = await failures.TakeAsync(work, target, cancellationToken);
                if (taken.Holds)
                    outcome.Hold(work, await directory.OpenAsync(row, contact, cancellationToken), call);
                return taken;
            },
            cancellationToken);
        if (attempt.Wait is not { } wait)
            return;

        metrics.SignedIn(LoginMetrics.Limited);
        throw CallErrors.TooManyFailures(wait);
    }

    private async Task<SecretCheck> CheckSecretAsync(
        AccountRow row, LoginRequest request, VerifiedProof? proof, byte[] target, CancellationToken cancellationToken)
    {
        // A key on probation, or a challenge that was relayed, is no secret to sign in with.
        if (request.SecretCase == Secret.Device && proof?.Device.Id == request.Device.DeviceId && proof.IsFreshFactorAt(database.Now()))
            return SecretCheck.ByDeviceKey;

        // Somebody else's device shows nothing, but takes as long as a password: else it would tell whose identifiers are whose.
        var password = new Secret<string>(request.SecretCase == Secret.Device ? "no password" : request.Password);
        var stored = request.SecretCase == Secret.Device ? passwords.CreateUnmatchable() : row.PasswordHash;
        var verified = await VerifyAsync(password, stored, target, cancellationToken) switch
        {
            PasswordVerifyResult.Verified result => result.Verification,
            PasswordVerifyResult.Overloaded overloaded => throw await OverloadedAsync(target, overloaded.RetryAfter),
            _ => throw new InvalidOperationException(),
        };

        // A decoy's password is random and nobody's: but if it were guessed, it is still wrong.
        if (verified == PasswordVerification.Failed || row.IsDecoy)
            return SecretCheck.Wrong;
        if (verified == PasswordVerification.Success)
            return SecretCheck.ByPassword;

        // The parameters rose since this password was hashed. At capacity, the next login will do it.
        return await passwords.HashAsync(password, cancellationToken) is PasswordHashResult.Hashed hashed
            ? SecretCheck.ByPassword with { Rehashed = hashed.Phc }
            : SecretCheck.ByPassword;
    }

    private async Task<PasswordVerifyResult> VerifyAsync(
        Secret<string> password, string stored, byte[] target, CancellationToken cancellationToken)
    {
        try
        {
            return await passwords.VerifyAsync(password, stored, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await ReturnNumberAsync(target);
            throw;
        }
    }

    private async Task<RpcException> OverloadedAsync(byte[] target, TimeSpan retryAfter)
    {
        await ReturnNumberAsync(target);
        metrics.SignedIn(LoginMetrics.Overloaded);
        return CallErrors.Overloaded(retryAfter);
    }

    /// <summary>
    /// Nobody looked at the password: a storm of logins, or a caller who waited no longer, must not hold people who never mistyped. Also
    /// when the call is over: the number was taken.
    /// </summary>
    private Task ReturnNumberAsync(byte[] target) =>
        database.WriteAsync(work => ConsecutiveFailures.ReturnAsync(work, target, CancellationToken.None), CancellationToken.None);
}
