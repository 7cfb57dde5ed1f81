using System.Diagnostics;
using AuthService.Environments;
using AuthService.Hosting;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.RateLimiting;
using AuthService.Risk;
using AuthService.Security.Keys;
using AuthService.Security.Passwords;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.Extensions.Options;

namespace AuthService.Accounts;

/// <summary>
/// Starts a sign-up. What it makes is pending: it has no contact yet, so nobody can sign in to it, and is erased after a day. A
/// contact that has an account costs the same and answers the same.
/// </summary>
internal sealed class CreateAccount(
    EnvironmentReader environments,
    MessageChannels channels,
    PasswordPolicy policy,
    PasswordHashing passwords,
    RateLimits limits,
    ContactIndex contactIndex,
    AccountDirectory directory,
    AccountKeyStore accountKeys,
    ContactClaims claims,
    Profiles profiles,
    Database database,
    IdempotentRequests requests,
    IOptions<DeploymentOptions> deployment,
    TimeProvider clock)
{
    public async Task<CreateAccountResponse> RunAsync(CreateAccountRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked: all that is wrong with it, at once
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var fields = new FieldViolations();
        var account = NewAccount.Parse(fields, request, channels, environments, today);
        await CheckPasswordAsync(fields, account, cancellationToken);
        fields.ThrowIfAny();

        // 2. whether it may be: here, by this policy, at this age
        var rules = deployment.Value;
        if (request.Region != rules.Region)
            throw CallErrors.WrongRegion(rules.Region);
        if (request.PolicyVersion != rules.PolicyVersion)
            throw CallErrors.PolicyNotAccepted(rules.PolicyVersion);
        if (account.BirthDate.AgeOn(today) < rules.MinimumAge)
            throw CallErrors.AgeGate();

        // 3. a repeat is answered as the first was
        var contactKey = contactIndex.LimitKey(account.Contact);
        var identity = new RequestIdentity($"{call.Network.Prefix}/{contactKey}", call.Rule.Rpc.Value, request.RequestId, request);
        if (await database.ReadAsync(rows => requests.FindAsync<CreateAccountResponse>(rows, identity, cancellationToken), cancellationToken) is { } known)
            return known;

        // 4. limits, before what costs: the hash and the message
        if (await limits.TakeMessageAsync(contactKey, call.Network.Prefix, cancellationToken) is { } refusal)
            throw CallErrors.Limited(refusal);

        // 5. who has the contact, the hash, and the keys; keys come first, rows after them
        var holder = await directory.FindOrDecoyAsync(account.Contact, cancellationToken);
        var hash = await HashAsync(account, cancellationToken);
        var keys = await accountKeys.CreateAsync(AccountId.Create(rules.Region, clock), cancellationToken);

        // 6. the pending account, and a code to its contact or a notice to the contact's owner
        return await database.WriteAsync(
            work => requests.OnceAsync(work, identity, () => AddAsync(work, account, keys, hash, holder, call), cancellationToken),
            cancellationToken);
    }

    private async Task CheckPasswordAsync(FieldViolations fields, NewAccount account, CancellationToken cancellationToken)
    {
        if (account.Password.Value.Length == 0)
            return;
        switch (await policy.CheckAsync(account.Password, account.PasswordContext, cancellationToken))
        {
            case PasswordPolicyResult.Refused refused:
                foreach (var problem in refused.Problems)
                    fields.Add("password", problem.Text);
                break;
            case PasswordPolicyResult.Overloaded overloaded:
                throw CallErrors.Overloaded(overloaded.RetryAfter);
        }
    }

    private async Task<string> HashAsync(NewAccount account, CancellationToken cancellationToken) =>
        await passwords.HashAsync(account.Password, cancellationToken) switch
        {
            PasswordHashResult.Hashed hashed => hashed.Phc,
            PasswordHashResult.Overloaded overloaded => throw CallErrors.Overloaded(overloaded.RetryAfter),
            _ => throw new UnreachableException(),
        };

    private Task<CreateAccountResponse> AddAsync(
        Work work, NewAccount account, AccountKeys keys, string hash, FoundAccount holder, Call call)
    {
        var version = deployment.Value.PolicyVersion;
        work.Rows.Accounts.Add(new AccountRow
        {
            Id = keys.Account.Value,
            CreatedAt = work.Now,
            UpdatedAt = work.Now,
            PasswordHash = hash,
            PasswordStandsAlone = true,
            PasswordChangedAt = work.Now,
            PolicyVersion = version,
            Locale = account.Locale,
            GivenNameSealed = PersonalFields.Seal(keys, PersonalFields.GivenName, account.GivenName),
            FamilyNameSealed = PersonalFields.Seal(keys, PersonalFields.FamilyName, account.FamilyName),
            AddressSealed = PersonalFields.Seal(keys, PersonalFields.Address, account.Address),
        });
        work.Rows.Consents.AddRange(account.Consents.Select(purpose => new ConsentRow
        {
            AccountId = keys.Account.Value,
            Purpose = (int)purpose,
            DeviceId = "",
            GrantedAt = work.Now,
            PolicyVersion = version,
        }));

        var environment = profiles.Keep(keys, account.Signals, Consents.ToSignals(account.Consents), call, work.Now);
        var claim = new ContactClaim(VerificationPurpose.SignUp, keys, account.Contact, account.Locale, holder, environment);
        return Task.FromResult(new CreateAccountResponse { VerificationId = claims.Begin(work, claim, call) });
    }
}
