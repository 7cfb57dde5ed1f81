namespace AuthService.Ecv.Profiles;

/// <summary>Who teaches a profile, when, and with what right.</summary>
/// <param name="Verdict">The verdict of the login.</param>
/// <param name="Time">When the login completed; the profile keeps only its UTC day.</param>
/// <param name="How">What entitled it to teach.</param>
/// <param name="Device">The bound device that proved itself, or null.</param>
public sealed record Lesson(VerdictTag Verdict, DateTimeOffset Time, LearnedHow How, DeviceTag? Device);
