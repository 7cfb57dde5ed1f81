using Microsoft.Extensions.Options;

namespace AuthService.Security.Passwords;

/// <summary>What annotations cannot say: how the lengths stand to each other.</summary>
internal sealed class PasswordPolicyOptionsCheck : IValidateOptions<PasswordPolicyOptions>
{
    public ValidateOptionsResult Validate(string? name, PasswordPolicyOptions options)
    {
        List<string> problems = [];
        if (options.MinimumWithSecondFactor > options.MinimumAlone)
            problems.Add("Passwords:Policy:MinimumWithSecondFactor must not be above MinimumAlone: a second factor asks for less, not for more.");
        if (options.ServiceWords.Any(string.IsNullOrWhiteSpace))
            problems.Add("Passwords:Policy:ServiceWords must not contain an empty word.");

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
