using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AuthService.RateLimiting;

/// <summary>Annotations do not reach into nested options; this does, and lists every problem at once.</summary>
internal sealed class RateLimitOptionsCheck : IValidateOptions<RateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
    {
        var problems = new List<string>();
        Check("RateLimits", options, problems);
        foreach (var limit in Enum.GetValues<LimitName>())
            Check($"RateLimits:{limit}", options[limit], problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void Check(string section, object options, List<string> problems)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        problems.AddRange(results.Select(result => $"{section}: {result.ErrorMessage}"));
    }
}
