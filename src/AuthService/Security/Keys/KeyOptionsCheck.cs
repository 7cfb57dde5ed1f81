using Microsoft.Extensions.Options;

namespace AuthService.Security.Keys;

/// <summary>What annotations cannot say: a path is required, but in Development.</summary>
internal sealed class KeyOptionsCheck(IHostEnvironment environment) : IValidateOptions<KeyOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyOptions options) =>
        environment.IsDevelopment() || !string.IsNullOrWhiteSpace(options.KeyringPath)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Keys:KeyringPath must name the keyring's file.");
}
