using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;

namespace AuthService.Fuzz.Targets;

/// <summary>The reader of profile rows, and all that is done with one: a row may come from a backup or a later version.</summary>
internal static class ProfileTarget
{
    private static readonly TokenizedEnvironment Phone = Account.Tokenize(Surroundings.Phone);

    public static void Run(byte[] input)
    {
        if (!Profile.TryRead(input, out var profile))
            return;

        BrokenLawException.ThrowUnless(profile.Write().AsSpan().SequenceEqual(input), "a row is kept as it came");
        RiskEngine.Judge(Account.Input(Phone, profile), RiskPolicy.Default);
        profile.Describe();
        profile.DevicesNamedBy(Phone);

        var taught = profile.Learn(Phone, new Lesson(VerdictTag.Of("3"), Account.Now, LearnedHow.Allow, DeviceTag.Of("phone")));
        Check(taught);
        Check(taught.Unlearn([VerdictTag.Of("3"), VerdictTag.Of("1")]));
        Check(taught.Forget(DeviceTag.Of("phone")));
        Check(taught.WithdrawConsent(SignalConsents.All));
    }

    private static void Check(Profile profile)
    {
        BrokenLawException.ThrowUnless(profile.Write().Length <= Profile.MaxBytes, "no row is longer than stated");
        BrokenLawException.ThrowUnless(Profile.TryRead(profile.Write(), out _), "what is written is read");
    }
}
