using AuthService.Hosting.Errors;
using AuthService.Security.Passwords;
using AuthService.Storage.Rows;

namespace AuthService.Accounts;

/// <summary>Passwords as they come in requests, and as they go into rows.</summary>
internal static class PasswordFields
{
    /// <summary>What is longer is no password of ours, whatever the policy.</summary>
    private const int MaxLength = 4096;

    public static void Require(FieldViolations fields, string field, string password)
    {
        if (password.Length is 0 or > MaxLength)
            fields.Add(field, password.Length == 0 ? "Required." : $"Must have at most {MaxLength} characters.");
    }

    public static void Set(AccountRow row, NewPassword password, DateTimeOffset now)
    {
        row.PasswordHash = password.Phc;
        row.PasswordStandsAlone = password.StandsAlone;
        row.PasswordChangedAt = now;
        row.PasswordResetRequiredAt = null;
        row.UpdatedAt = now;
    }
}
