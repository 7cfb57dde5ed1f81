using System.ComponentModel.DataAnnotations;

namespace AuthService.Hosting;

/// <summary>Which deployment this is, and what holds in it. Section <c>Deployment</c>.</summary>
public sealed class DeploymentOptions
{
    /// <summary>The name of the deployment. Default <c>authservice</c>.</summary>
    [Required, RegularExpression("^[a-z0-9-]{1,32}$", ErrorMessage = "Deployment:Name must be 1 to 32 of a-z, 0-9 and '-'.")]
    public string Name { get; set; } = "authservice";

    /// <summary>The region that this instance serves: two lower-case letters, part of every id that it makes. Default <c>de</c>.</summary>
    [Required, RegularExpression("^[a-z]{2}$", ErrorMessage = "Deployment:Region must be two lower-case letters.")]
    public string Region { get; set; } = "de";

    /// <summary>The issuer of access tokens, and the base of the discovery document: the web port as clients see it.</summary>
    [Required, Url]
    public string Issuer { get; set; } = "http://127.0.0.1:5081";

    /// <summary>The privacy policy's version that a sign-up must accept. Default <c>1</c>.</summary>
    [Required]
    public string PolicyVersion { get; set; } = "1";

    /// <summary>The age below which a sign-up is refused. Default 16 (GDPR Article 8, as Germany keeps it).</summary>
    [Range(0, 21)]
    public int MinimumAge { get; set; } = 16;

    /// <summary>Who tokens and proofs are for: name and region.</summary>
    public string Audience => $"{Name}/{Region}";
}
