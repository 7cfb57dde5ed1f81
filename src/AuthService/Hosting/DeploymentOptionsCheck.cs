using Microsoft.Extensions.Options;

namespace AuthService.Hosting;

/// <summary>What annotations cannot say: a token names its issuer, and outside Development nobody may stand in for it.</summary>
internal sealed class DeploymentOptionsCheck(IHostEnvironment environment) : IValidateOptions<DeploymentOptions>
{
    public ValidateOptionsResult Validate(string? name, DeploymentOptions options) =>
        environment.IsDevelopment() || options.Issuer.StartsWith("https://", StringComparison.Ordinal)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Deployment:Issuer must be the https:// address under which clients reach the web port.");
}
