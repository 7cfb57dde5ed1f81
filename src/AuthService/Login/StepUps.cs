using AuthService.Accounts;
using AuthService.Hosting.Calls;
using AuthService.Risk;
using AuthService.Security.Factors;
using AuthService.Security.Keys;
using AuthService.Security.Proofs;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Login;

/// <summary>Begins step-ups: decides which factors would complete one, and writes down what waits for it.</summary>
internal sealed class StepUps(KeptEnvironments kept, Requesters requesters, IOptions<LoginOptions> options)
{
    /// <summary>For a login whose surroundings are new.</summary>
    public Task<StepUp> BeginLoginAsync(Work work, SignInAttempt attempt, FactorSet passedFactors, CancellationToken cancellationToken) =>
        BeginAsync(
            work, attempt.Account, attempt.Call, new Waiting(passedFactors, attempt.Proof, attempt.Assessment, attempt.Target, Session: null), cancellationToken);

    /// <summary>For somebody who is signed in and has to show a factor again.</summary>
    public Task<StepUp> BeginFreshAsync(Work work, FoundAccount account, Call call, SessionId session, CancellationToken cancellationToken) =>
        BeginAsync(work, account, call, new Waiting(default, call.Proof, Assessment: null, Target: null, session), cancellationToken);

    private async Task<StepUp> BeginAsync(
        Work work, FoundAccount account, Call call, Waiting waiting, CancellationToken cancellationToken)
    {
        var (has, availableAt) = Available(account.Row, await SecondFactors.KindsAsync(work.Rows, account.Id, work.Now, cancellationToken), work.Now);
        var choice = await ChooseAsync(work, account, has, waiting, cancellationToken);
        var row = new StepUpRow
        {
            Id = SecretTokens.Create("stp").Text.Value,
            AccountId = account.Id.Value,
            SessionId = waiting.Session?.Value,
            DeviceId = waiting.Proof?.Device.Id,
            RequesterToken = requesters.TokenOf(call),
            AttemptTarget = waiting.Target,
            Environment = waiting.Assessment is { } assessment ? kept.Seal(account.Keys, assessment.Surroundings) : null,
            VerdictId = waiting.Assessment?.VerdictId,
            AllowedFactors = FactorSet.Of(choice.Allowed).Bits,
            PassedFactors = waiting.Passed.Bits,
            CreatedAt = work.Now,
            ExpiresAt = work.Now + options.Value.StepUpLifetime,
            AvailableAt = availableAt,
        };
        work.Rows.StepUps.Add(row);
        return new StepUp
        {
            StepUpId = row.Id,
            AllowedFactors = { choice.Allowed },
            ExpiresAt = row.ExpiresAt.ToTimestamp(),
            AvailableAt = choice.Allowed.Count == 0 ? availableAt?.ToTimestamp() : null,
            MissingFactors = { choice.Missing },
        };
    }

    /// <summary>
    /// Of what the account has, what the risk asks for. A key whose proof came with the login has said what it can: it does not complete
    /// what it could not open, unless the proof was relayed and the key is past its probation.
    /// </summary>
    private static async Task<FactorChoice> ChooseAsync(
        Work work, FoundAccount account, IReadOnlyList<FactorKind> has, Waiting waiting, CancellationToken cancellationToken)
    {
        var rules = (waiting.Assessment?.Policy ?? DeploymentPolicy.BuiltIn).StepUp;
        var demand = waiting.Assessment is { } assessment ? rules.DemandOf(assessment.Verdict) : null;
        var saysMore = waiting.Proof is null || (demand is { Relay: true } && waiting.Proof is { Relayed: true } && waiting.Proof.IsTrustedAt(work.Now));
        var keyHelps = saysMore && await work.Rows.Devices.AnyAsync(
            device => device.AccountId == account.Id.Value && device.TrustedFrom <= work.Now, cancellationToken);
        return FactorChoice.Of(has, keyHelps, demand, rules.WeakerIfNone);
    }

    /// <summary>
    /// The account's contacts and second factors. After a recovery without a second factor its channel is left out for a while:
    /// who took over a mailbox must not get by both doors with it (design §8: recovery never counts one channel twice).
    /// </summary>
    private (IReadOnlyList<FactorKind> Has, DateTimeOffset? AvailableAt) Available(
        AccountRow account, IReadOnlyList<FactorKind> secondFactors, DateTimeOffset now)
    {
        var heldUntil = account.RecoveredAt + options.Value.RecoveryHold;
        var held = heldUntil > now ? account.RecoveredBy : null;

        var has = new List<FactorKind>();
        if (account.EmailSealed is not null && held != ContactKind.Email)
            has.Add(FactorKind.EmailCode);
        if (account.PhoneNumberSealed is not null && held != ContactKind.Phone)
            has.Add(FactorKind.SmsCode);
        has.AddRange(secondFactors);
        return (has, has.Count == 0 ? heldUntil : null);
    }

    /// <summary>What waits for the step-up.</summary>
    /// <param name="Passed">Factors passed already.</param>
    /// <param name="Proof">By a device of this account, or null.</param>
    /// <param name="Assessment">Of a login's surroundings.</param>
    /// <param name="Target">What the login's number was taken against.</param>
    /// <param name="Session">The session to make fresh.</param>
    private sealed record Waiting(FactorSet Passed, VerifiedProof? Proof, Assessment? Assessment, byte[]? Target, SessionId? Session);
}
