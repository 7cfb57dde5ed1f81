using System.ComponentModel.DataAnnotations;

namespace AuthService.Security.Passwords;

/// <summary>Section <c>Passwords:Policy</c>. Lengths are in Unicode code points of the normalised password.</summary>
public sealed class PasswordPolicyOptions
{
    /// <summary>Least length while the password is the only factor. Default 15, which SP 800-63B-4 §3.1.1.2 sets as the least.</summary>
    [Range(15, 64)]
    public int MinimumAlone { get; set; } = 15;

    /// <summary>Least length once there is a second factor. Default 8, the least by the same section.</summary>
    [Range(8, 64)]
    public int MinimumWithSecondFactor { get; set; } = 8;

    /// <summary>Greatest length. Default 128; SP 800-63B-4 asks for at least 64.</summary>
    [Range(64, 128)]
    public int Maximum { get; set; } = 128;

    /// <summary>The least zxcvbn score, from 0 to 4. Default 3: more than 10⁸ guesses.</summary>
    [Range(0, 4)]
    public int MinimumScore { get; set; } = 3;

    /// <summary>Words that a guesser would try at this service: its name, the company's. Default <c>authservice</c>.</summary>
    [Required]
    public IList<string> ServiceWords { get; } = ["authservice"];
}
