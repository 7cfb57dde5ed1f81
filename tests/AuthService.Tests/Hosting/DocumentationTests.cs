using System.Text.RegularExpressions;
using AuthService.Hosting;
using AuthService.Hosting.Starting;
using AuthService.Protocol;
using AuthService.RateLimiting;

namespace AuthService.Tests.Hosting;

/// <summary>docs/operations.md tells of everything that an operator can set, grant and watch.</summary>
public sealed class DocumentationTests
{
    private static readonly string Operations = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));

    [Fact]
    public void Every_setting_is_documented()
    {
        IReadOnlyList<Type> optionTypes = [];
        using var app = AuthServiceApplication.Build(
            ["--environment", "Development"], builder => optionTypes = OptionsProblems.TypesIn(builder.Services)) as IDisposable;

        var settings = optionTypes
            .SelectMany(type => type.GetProperties())
            .Where(property => property.CanWrite && property.PropertyType.Namespace?.StartsWith("AuthService", StringComparison.Ordinal) is not true)
            .Select(property => property.Name)
            .Concat(Enum.GetNames<LimitName>());

        settings.Where(setting => !Operations.Contains($":{setting}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_scope_is_documented() =>
        Scopes.OfServices.Where(scope => !Operations.Contains($"`{scope}`", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Every_instrument_is_documented()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "AuthService"), "*.cs", SearchOption.AllDirectories);
        var instruments = sources.SelectMany(file => Regex.Matches(File.ReadAllText(file), "Create[A-Za-z]+(<[a-z]+>)?\\(\\s*\"(?<name>authservice\\.[a-z_.]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)))
            .Select(match => match.Groups["name"].Value)
            .ToList();

        instruments.ShouldNotBeEmpty();
        instruments.Where(instrument => !Operations.Contains($"`{instrument}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
