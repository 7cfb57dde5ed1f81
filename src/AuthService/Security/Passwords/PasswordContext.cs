namespace AuthService.Security.Passwords;

/// <summary>What is known of an account when it chooses a password.</summary>
/// <param name="HasSecondFactor">Whether a second factor exists; the password may be shorter then.</param>
/// <param name="Identifier">The e-mail address or phone number that it signs in with, or null.</param>
/// <param name="Names">Given name, family name and the like; may be empty.</param>
public sealed record PasswordContext(bool HasSecondFactor, string? Identifier, IReadOnlyList<string> Names);
