using Microsoft.Extensions.Options;

namespace AuthService.Security.Proofs;

/// <summary>Section <c>Proofs</c>.</summary>
public sealed class ProofOptions : IValidateOptions<ProofOptions>
{
    /// <summary>
    /// SHA-256, in hex, of each certificate that clients see in front of this instance: its own, or those of its TLS proxy, the
    /// next one included while it is being renewed. Default none: then only loopback may go without.
    /// </summary>
    public IList<string> ServerCertificateSha256 { get; set; } = [];

    public ValidateOptionsResult Validate(string? name, ProofOptions options)
    {
        var wrong = options.ServerCertificateSha256.Where(hash => hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)).ToList();
        return wrong.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(wrong.Select(hash => $"Proofs:ServerCertificateSha256: '{hash}' is not 64 hexadecimal digits."));
    }
}
