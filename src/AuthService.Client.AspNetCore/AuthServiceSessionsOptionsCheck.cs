using Microsoft.Extensions.Options;

namespace AuthService.Client.AspNetCore;

/// <summary>What the attributes cannot say.</summary>
internal sealed class AuthServiceSessionsOptionsCheck : IValidateOptions<AuthServiceSessionsOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthServiceSessionsOptions options)
    {
        var problems = new List<string>();
        if (options.Address is not { IsAbsoluteUri: true } address || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            problems.Add("Address: an absolute http or https URI is needed.");
        else if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            problems.Add("Address: plaintext is for loopback only; use https.");
        if (string.IsNullOrWhiteSpace(options.Issuer))
            problems.Add("Issuer: AuthService's Deployment:Issuer is needed.");
        if (string.IsNullOrWhiteSpace(options.Audience))
            problems.Add("Audience: the deployment's name and region are needed, for instance authservice/de.");
        if (string.IsNullOrWhiteSpace(options.Credential) == string.IsNullOrWhiteSpace(options.CredentialFile))
            problems.Add("Credential, CredentialFile: exactly one of them is needed.");
        if (!Enum.IsDefined(options.KeyBoundTokens))
            problems.Add("KeyBoundTokens: Refuse or AcceptAsBearer.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
