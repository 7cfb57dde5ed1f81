using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>
/// Where and with what somebody tends to log in. People differ far more from each other than from themselves: most use an account
/// from one or two places and one device. Drawn so that the rule "new country or new ASN" speaks up about as often as it does on
/// the RBA data set, for 3.5 % of the logins. Early tables had been seen by then, so it is no blind choice.
/// </summary>
/// <param name="AtWork">Of the logins in working hours, so many are made at work.</param>
/// <param name="Away">Of the other logins, so many are made neither at home nor at work.</param>
/// <param name="MobileData">Of a phone's logins at a place with Wi-Fi, so many go over mobile data.</param>
/// <param name="Computer">Of the logins beside a computer, so many are made on it.</param>
internal sealed record Habits(double AtWork, double Away, double MobileData, double Computer)
{
    public static Habits Of(double mobile, ref Dice dice) => new(
        AtWork: dice.Chance(0.35) ? 0.7 : 0.04,
        Away: dice.Chance(0.2) ? 0.25 : 0.03,
        // A fifth has no Wi-Fi, or never turns it on; the mean is what the options say.
        MobileData: Math.Min(1, dice.Chance(0.2) ? mobile * 4 : mobile / 4),
        Computer: dice.Chance(0.3) ? 0.75 : 0.04);
}
