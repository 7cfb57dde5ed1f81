namespace AuthService.RiskLab.Logins;

/// <summary>What a browser or app calls itself, taken apart as the RBA data set has it.</summary>
/// <param name="Text">The whole string.</param>
/// <param name="Browser">"Chrome Mobile 81.0.4044".</param>
/// <param name="Os">"Android 10".</param>
/// <param name="DeviceType">mobile, desktop, tablet, bot or unknown.</param>
internal sealed record UserAgent(string Text, string Browser, string Os, string DeviceType);
