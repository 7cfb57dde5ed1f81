using System.Text.RegularExpressions;
using AuthService.Client.AspNetCore;

namespace AuthService.Tests.ClientAspNetCore;

/// <summary>The library's README tells of everything that one can set and watch.</summary>
public sealed class SessionDocumentationTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "AuthService.Client.AspNetCore");
    private static readonly string Readme = File.ReadAllText(Path.Combine(Folder, "README.md"));

    [Fact]
    public void Every_setting_is_documented() => typeof(AuthServiceSessionsOptions).GetProperties()
        .Where(property => !Readme.Contains($"`{property.Name}`", StringComparison.Ordinal))
        .ShouldBeEmpty();

    [Fact]
    public void Every_instrument_is_documented()
    {
        var instruments = Regex.Matches(
            File.ReadAllText(Path.Combine(Folder, "SessionsMetrics.cs")), "\"(?<name>authservice\\.[a-z_.]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

        instruments.Count.ShouldBe(4);
        instruments.Where(instrument => !Readme.Contains($"`{instrument.Groups["name"].Value}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
