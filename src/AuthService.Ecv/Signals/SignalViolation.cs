namespace AuthService.Ecv.Signals;

/// <summary>Why a signal was refused.</summary>
/// <param name="Field">Path within <c>EnvironmentSignals</c>, as the proto names it: <c>wifi.neighbours[3].bssid</c>.</param>
/// <param name="Description">What is wrong, for the developer of the client. It never repeats the value.</param>
public sealed record SignalViolation(string Field, string Description);
