using System.Net;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting.Serving;

/// <summary>What annotations cannot say: that the settings agree with each other, and that the certificate can be used.</summary>
internal sealed class ServingOptionsCheck(TimeProvider clock) : IValidateOptions<ServingOptions>
{
    public ValidateOptionsResult Validate(string? name, ServingOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(ServingOptions options)
    {
        foreach (var network in options.AllowPlaintextFrom.Where(network => !IPNetwork.TryParse(network, out _)))
            yield return $"Serving:AllowPlaintextFrom: '{network}' is no network in CIDR notation.";
        foreach (var network in options.MetricsFrom.Where(network => !IPNetwork.TryParse(network, out _)))
            yield return $"Serving:MetricsFrom: '{network}' is no network in CIDR notation.";
        if (options.GrpcPort == options.WebPort && options.GrpcPort != 0)
            yield return "Serving:GrpcPort and Serving:WebPort must differ.";

        if (!IPAddress.TryParse(options.Address, out var address))
            yield return $"Serving:Address: '{options.Address}' is no IP address.";
        else if (!IPAddress.IsLoopback(address) && !options.IsTls && options.AllowPlaintextFrom.Count == 0)
            yield return "Serving: plaintext off loopback. Set Serving:CertificatePath and Serving:CertificateKeyPath, or name the networks of "
                + "the TLS proxy in Serving:AllowPlaintextFrom.";

        if (options.IsTls && options.AllowPlaintextFrom.Count > 0)
            yield return "Serving:AllowPlaintextFrom and Serving:CertificatePath exclude each other.";
        if (options.IsTls == string.IsNullOrWhiteSpace(options.CertificateKeyPath))
            yield return "Serving:CertificatePath and Serving:CertificateKeyPath need each other.";
        else if (options.IsTls && CertificateProblem(options) is { } problem)
            yield return problem;
    }

    private string? CertificateProblem(ServingOptions options)
    {
        if (!ServerCertificate.TryLoad(options, out var loaded, out var problem))
            return problem;
        return loaded.ExpiresAt <= clock.GetUtcNow() ? $"Serving:CertificatePath: expired on {loaded.ExpiresAt:u}." : null;
    }
}
