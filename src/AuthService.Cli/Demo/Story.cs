using System.Runtime.CompilerServices;
using AuthService.Client;
using AuthService.V1;

namespace AuthService.Cli.Demo;

/// <summary>
/// A person, her phone, a second phone, and a thief who has her password and a copy of everything her phone would say. Played
/// against a running service in Development, by the SDK, as apps would. What is done to her is in <see cref="Attacks"/>.
/// </summary>
internal sealed class Story(Cast cast)
{
    private readonly Attacks _attacks = new(cast);

    public async IAsyncEnumerable<Scene> PlayAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await SignUpAsync(cancellationToken);
        yield return await FirstLoginAsync(cancellationToken);
        yield return await SecondLoginAsync(cancellationToken);
        yield return await NewPhoneAbroadAsync(cancellationToken);
        yield return await _attacks.CopiedProfileAsync(cancellationToken);
        yield return await _attacks.ImpossibleTravelAsync(cancellationToken);
        yield return await BindKeyAsync(cancellationToken);
        yield return await TripAsync(cancellationToken);
        yield return await _attacks.StuffingAsync(cancellationToken);
        yield return await _attacks.RelayAsync(cancellationToken);
        yield return await AroundTheRelayAsync(cancellationToken);
        yield return await BesideTheBotAsync(cancellationToken);
        yield return await _attacks.StolenRefreshTokenAsync(cancellationToken);
        yield return await RevocationAsync(cancellationToken);
    }

    private async Task<Scene> SignUpAsync(CancellationToken cancellationToken)
    {
        var verification = await cast.Phone.SignUpAsync(cast.Anna.SignUp(Surroundings.PhoneAtHome()), cancellationToken);
        var code = await cast.MailedCodeAsync("verify_contact", cancellationToken);
        var session = await cast.Phone.VerifyContactAsync(verification, code, rememberDevice: false, cancellationToken);
        cast.AccountId = session.AccountId;
        return new("Anna signs up at home", "session", "session", true);
    }

    private async Task<Scene> FirstLoginAsync(CancellationToken cancellationToken)
    {
        const string what = "first login, at home; nothing yet that cannot be copied", expected = "step-up, then remembered";
        var outcome = await SignInAsync(cast.Phone, Surroundings.PhoneAtHome(), cancellationToken);
        return await SteppedUpAsync(what, expected, cast.Phone, outcome, rememberDevice: true, cancellationToken);
    }

    private async Task<Scene> SecondLoginAsync(CancellationToken cancellationToken)
    {
        var outcome = await SignInAsync(cast.Phone, Surroundings.PhoneAtHome(), cancellationToken);
        return await AllowedAsync("second login, at home, on the remembered phone", outcome, cancellationToken);
    }

    private async Task<Scene> NewPhoneAbroadAsync(CancellationToken cancellationToken)
    {
        const string what = "a new phone, abroad", expected = "step-up, then session";
        var outcome = await SignInAsync(cast.NewPhone, Surroundings.NewPhoneAbroad(), cancellationToken);
        return await SteppedUpAsync(what, expected, cast.NewPhone, outcome, rememberDevice: false, cancellationToken);
    }

    private async Task<Scene> BindKeyAsync(CancellationToken cancellationToken)
    {
        var device = await cast.Phone.BindDeviceAsync(cast.Key, "Anna's phone", "phone", cancellationToken);
        return new("she binds her phone's key", "device bound", device.DeviceId.Length > 0 ? "device bound" : "no device", device.DeviceId.Length > 0);
    }

    private async Task<Scene> TripAsync(CancellationToken cancellationToken)
    {
        cast.PhoneNetwork.Address = Cast.Cafe;
        var outcome = await SignInAsync(cast.Phone, Surroundings.PhoneOnATrip(), cancellationToken);
        return await AllowedAsync("the bound phone, on a trip", outcome, cancellationToken);
    }

    private async Task<Scene> AroundTheRelayAsync(CancellationToken cancellationToken)
    {
        const string what = "her phone answers a challenge of its own instead", expected = "session";
        if (_attacks.RelayedStepUp is not { } stepUp)
            return new(what, expected, "no step-up that her key completes", false);
        await Patience.AsToldAsync(
            () => cast.Phone.CompleteStepUpWithDeviceAsync(stepUp, cancellationToken: cancellationToken), cancellationToken);
        return new(what, expected, "session", true);
    }

    private async Task<Scene> BesideTheBotAsync(CancellationToken cancellationToken)
    {
        var outcome = await Patience.AsToldAsync(
            () => SignInAsync(cast.Phone, Surroundings.PhoneOnATrip(), cancellationToken), cancellationToken);
        return await AllowedAsync("her bound phone in the hotel, where the bot is refused", outcome, cancellationToken);
    }

    private async Task<Scene> RevocationAsync(CancellationToken cancellationToken)
    {
        var session = (await cast.Phone.GetSessionAsync(cancellationToken))!;
        var before = await cast.Observer.ValidateAsync(session.AccessToken, cancellationToken);
        await cast.Phone.SignOutAsync(cancellationToken);
        var after = await cast.Observer.ValidateAsync(session.AccessToken, cancellationToken);
        return new(
            "she signs out; a service validates before and after",
            "active, then inactive",
            $"{before}, then {after}",
            before == "active" && after.StartsWith("inactive", StringComparison.Ordinal));
    }

    private Task<SignInOutcome> SignInAsync(AuthServiceClient phone, EnvironmentSignals environment, CancellationToken cancellationToken) =>
        phone.SignInAsync(cast.Anna.Email, cast.Anna.Password, environment, cancellationToken);

    private async Task<Scene> AllowedAsync(string what, SignInOutcome outcome, CancellationToken cancellationToken)
    {
        var verdict = await cast.LatestVerdictAsync(cancellationToken);
        return outcome is SignInOutcome.SignedIn ? new(what, "allowed", "allowed", true, verdict) : new(what, "allowed", "step-up", false, verdict);
    }

    private async Task<Scene> SteppedUpAsync(
        string what, string expected, AuthServiceClient phone, SignInOutcome outcome, bool rememberDevice, CancellationToken cancellationToken)
    {
        var verdict = await cast.LatestVerdictAsync(cancellationToken);
        if (outcome is not SignInOutcome.StepUpNeeded { StepUp: var stepUp })
            return new(what, expected, "session at once", false, verdict);
        await cast.CompleteAsync(phone, stepUp, rememberDevice, cancellationToken);
        return new(what, expected, expected, true, verdict);
    }
}
