using static AuthService.Messaging.MessageTemplate;

namespace AuthService.Messaging;

internal static class EnglishTexts
{
    private const string Footer = "We never ask for a code or a password, by telephone, mail or message. Nobody who asks is us.";
    private const string NotYou = "If that was not you, recover your account now and check its devices.";

    public static string HowToReport(string token) =>
        $"To report it and have the account shut until you recover it, give the app this within 7 days: {token}";

    public static MessageText Of(MessageTemplate template, string code)
    {
        var (subject, body) = template switch
        {
            VerifyContact => ("Your code to sign up", $"{code} is your code to sign up. It is good for 10 minutes. If you have not signed up, ignore this."),
            ChangeContact => ("Your code for the new contact", $"{code} is your code to confirm this contact. It is good for 10 minutes."),
            StepUp => ("Your code to sign in", $"{code} is your code to sign in. It is good for 10 minutes. If you are not signing in, somebody knows your password: change it."),
            Recovery => ("Your code to recover your account", $"{code} is your code to set a new password. It is good for 10 minutes. If you did not ask for it, ignore this."),
            SignUpOnYourContact => ("You have an account already", "Somebody, perhaps you, tried to sign up with this contact. You have an account already: sign in, or recover it if you forgot the password."),
            ContactChanged => ("Your contact was changed", $"The contact of your account was changed. {NotYou}"),
            PasswordChanged => ("Your password was changed", $"Your password was changed, and other sessions were ended. {NotYou}"),
            AccountRecovered => ("Your account was recovered", $"A new password was set by recovery, and all sessions were ended. {NotYou}"),
            LoginRefused => ("A sign-in was refused", "Somebody used your password from surroundings that we refused. If that was not you, change your password."),
            StepUpRequired => ("A sign-in from new surroundings", "Your password was used from new surroundings, and we asked for one more factor. If that was not you, change your password."),
            DeviceBound => ("A device was added", $"A device was added to your account. {NotYou}"),
            DeviceBoundWaiting => ("A device was added, and waits", "A device was added to your account without the consent of an earlier one. It is not trusted for 72 hours. If that was not you, remove it now."),
            DeviceUnbound => ("A device was removed", $"A device was removed from your account, and its sessions were ended. {NotYou}"),
            FactorEnrolled => ("A second factor was added", $"A second factor was added to your account. {NotYou}"),
            FactorRemoved => ("A second factor was removed", $"A second factor was removed from your account. {NotYou}"),
            FactorWaiting => ("A second factor was added, and waits", "A second factor was added to your account without the consent of an earlier one. It does not count for 72 hours. If that was not you, remove it now."),
            ContactWaiting => ("A new contact was added, and waits", "A new contact was confirmed for your account without the consent of a device or second factor. It takes the place of yours in 72 hours. If that was not you, stop it now."),
            RecoveryWaiting => ("Somebody asks to recover your account", "Somebody who can read your messages asked for a new password, without a device or second factor of yours. It takes effect in 72 hours; until then your password works. If that was not you, stop it now: sign in and change your password."),
            CompromiseReported => ("Your account was shut", "A break-in was reported, so all sessions were ended, what was added lately does not count any more, and the password is void. Recover the account to set a new one."),
            SessionReused => ("A session was ended", "One of your sessions was used from two places at once, so we ended it. Sign in again, and if you know of no reason, change your password."),
            AccountHeld => ("Too many wrong passwords", "Too many wrong passwords were tried on your account, so unknown devices are held. Your known devices still work; elsewhere, recover your account."),
            _ => throw new ArgumentOutOfRangeException(nameof(template)),
        };
        return new MessageText(subject, body, Footer);
    }
}
