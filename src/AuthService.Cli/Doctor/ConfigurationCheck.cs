using AuthService.Cli.Connections;
using AuthService.Hosting.Serving;

namespace AuthService.Cli.Doctor;

/// <summary>Whether the service would take its configuration.</summary>
internal static class ConfigurationCheck
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(21);

    public static IEnumerable<Finding> Run(StoppedService service, TimeProvider clock)
    {
        var problems = service.Problems();
        if (problems.Count > 0)
            return problems.Select(problem => new Finding("configuration", State.Wrong, problem, "Change it; docs/operations.md lists every setting."));

        var findings = new List<Finding> { Finding.Fine("configuration", service.IsDevelopment ? "holds, for Development" : "holds") };
        var serving = service.Options<ServingOptions>();
        if (service.IsDevelopment)
            findings.Add(new("environment", State.Doubtful, "Development: test credentials, reflection, mail to a file", "Fine for trying out, not for anybody's real data."));
        if (serving.IsTls)
            findings.Add(Certificate(ServerCertificate.Load(serving), clock));
        return findings;
    }

    private static Finding Certificate(ServerCertificate certificate, TimeProvider clock) =>
        certificate.ExpiresAt - clock.GetUtcNow() > RenewBefore
            ? Finding.Fine("certificate", $"good until {certificate.ExpiresAt:yyyy-MM-dd}, sha256 {certificate.Sha256}")
            : new("certificate", State.Doubtful, $"ends on {certificate.ExpiresAt:yyyy-MM-dd}", "Renew it, and restart the service to take it up.");
}
