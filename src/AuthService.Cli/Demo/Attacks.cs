using AuthService.Cli.Output;
using AuthService.Client;
using AuthService.Protocol;
using AuthService.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace AuthService.Cli.Demo;

/// <summary>What is done to Anna: by a thief who has her password, by a bot with a list, and by somebody between her and the service.</summary>
internal sealed class Attacks(Cast cast)
{
    // Documentation's own (RFC 5737): where whoever stands between fetches his challenges.
    private const string Between = "192.0.2.130";

    /// <summary>The step-up that the relayed login was left with, if her key can complete it.</summary>
    public string? RelayedStepUp { get; private set; }

    public async Task<Scene> CopiedProfileAsync(CancellationToken cancellationToken)
    {
        var happened = await AsThiefAsync(Surroundings.PhoneAtHome(), cancellationToken);
        var verdict = await cast.LatestVerdictAsync(cancellationToken);
        return new(
            "a thief, elsewhere: right password, every signal of her phone copied", "never allowed", happened, happened != "allowed", verdict);
    }

    public async Task<Scene> ImpossibleTravelAsync(CancellationToken cancellationToken)
    {
        var happened = await AsThiefAsync(Surroundings.PhoneOverseas(), cancellationToken);
        var verdict = await cast.LatestVerdictAsync(cancellationToken);
        return new(
            "the thief says that her phone is in Sydney, minutes after Berlin",
            "never allowed, for TRAVEL",
            happened,
            happened != "allowed" && Shows(verdict, EvidenceCode.Travel),
            verdict);
    }

    /// <summary>The verdict is on somebody with her password, had the bot's list held it: a service may ask, and teaches nothing by it.</summary>
    public async Task<Scene> StuffingAsync(CancellationToken cancellationToken)
    {
        using var network = new FromAddress(cast.Hotel);
        var (failures, refusal) = await new StuffingRun(cast.Address, network).RunAsync(cancellationToken);
        var verdict = await cast.Observer.JudgeAsync(cast.AccountId, Surroundings.Stranger(), cast.Hotel, cancellationToken);
        return new(
            "a bot in the hotel goes through a list of names and passwords",
            "refused before a password is looked at",
            $"{refusal} after {failures} failures",
            refusal == ErrorReasons.EnvironmentDenied
                && Shows(verdict, EvidenceCode.NetworkFailures) && Shows(verdict, EvidenceCode.IdentifiersFailing),
            verdict);
    }

    /// <summary>
    /// She has come to the hotel; her key signs what passes through other hands, and her app, as on the hotel's first page, may tell
    /// nothing of its surroundings. If it could, and they were as always, they and the proof would outweigh a relay: this is what
    /// docs/threat-model.md does not call stopped.
    /// </summary>
    public async Task<Scene> RelayAsync(CancellationToken cancellationToken)
    {
        const string what = "in the hotel somebody between fetches the challenge, and her phone's key signs it";
        const string expected = "step-up by nothing but the key";

        (cast.PhoneNetwork.Address, cast.PhoneNetwork.Relay) = (cast.Hotel, Between);
        var outcome = await Patience.AsToldAsync(
            () => cast.Phone.SignInAsync(cast.Anna.Email, cast.Anna.Password, environment: null, cancellationToken), cancellationToken);
        cast.PhoneNetwork.Relay = null;
        var verdict = await cast.LatestVerdictAsync(cancellationToken);
        if (outcome is not SignInOutcome.StepUpNeeded { StepUp: var stepUp })
            return new(what, expected, "allowed", false, verdict);

        RelayedStepUp = stepUp.AllowedFactors.Contains(FactorKind.DeviceKey) ? stepUp.StepUpId : null;
        var mailed = await ReasonAsync(() => Patience.AsToldAsync(() => AskForMailAsync(stepUp, cancellationToken), cancellationToken));
        var factors = string.Join(", ", stepUp.AllowedFactors.Select(Names.InContract));
        return new(
            what,
            expected,
            $"step-up by {factors}; a mailed code: {mailed}",
            stepUp.AllowedFactors is [FactorKind.DeviceKey] && mailed == ErrorReasons.InvalidField && Shows(verdict, EvidenceCode.ChallengeRelayed),
            verdict);
    }

    public async Task<Scene> StolenRefreshTokenAsync(CancellationToken cancellationToken)
    {
        // The thief copies a token; the owner's app goes on refreshing, and so uses its successor.
        var stolen = (await cast.NewPhone.GetSessionAsync(cancellationToken))!.RefreshToken;
        await cast.NewPhone.RefreshAsync(cancellationToken);
        await cast.NewPhone.RefreshAsync(cancellationToken);

        var thief = await ReasonAsync(() => RefreshAsync(stolen, cancellationToken));
        var owner = await ReasonAsync(() => cast.NewPhone.RefreshAsync(cancellationToken));
        return new(
            "the thief uses a refresh token that she has used since",
            "refused, and the session ends for both",
            $"thief: {thief}; owner: {owner}",
            thief == ErrorReasons.SessionReused && owner.StartsWith("SESSION_", StringComparison.Ordinal));
    }

    /// <summary>A step-up asks for what is in her mailbox, or in her phone.</summary>
    private async Task<string> AsThiefAsync(EnvironmentSignals environment, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await cast.Thief.SignInAsync(cast.Anna.Email, cast.Anna.Password, environment, cancellationToken);
            return outcome is SignInOutcome.SignedIn ? "allowed" : "step-up, which he cannot pass";
        }
        catch (AuthServiceException refusal)
        {
            return refusal.Reason;
        }
    }

    private async Task<bool> AskForMailAsync(StepUp stepUp, CancellationToken cancellationToken)
    {
        await cast.Phone.SendStepUpCodeAsync(stepUp.StepUpId, FactorKind.EmailCode, cancellationToken);
        return true;
    }

    private async Task RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(cast.Address, new GrpcChannelOptions { HttpHandler = cast.ThiefNetwork });
        await new SessionService.SessionServiceClient(channel)
            .RefreshSessionAsync(new RefreshSessionRequest { RefreshToken = refreshToken }, cancellationToken: cancellationToken);
    }

    private static bool Shows(RiskVerdict? verdict, EvidenceCode code) =>
        verdict?.Evidence.Any(line => line.Code == code && line is { Counted: true, Millibits: > 0 }) is true;

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
}
