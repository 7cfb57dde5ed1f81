using System.Reflection;
using AuthService.Cli;
using AuthService.Client;
using AuthService.Client.AspNetCore;
using AuthService.Ecv.Risk;
using AuthService.Hosting;
using AuthService.Protocol;
using NetArchTest.Rules;

namespace AuthService.Tests;

/// <summary>Holds the arrows of docs/adr/0001: between projects, and between the capabilities of the server.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Server = typeof(AuthServiceApplication).Assembly;

    /// <summary>What each capability may use of the others, in the order of the arrows. None is in a circle.</summary>
    private static readonly Dictionary<string, string[]> Uses = new(StringComparer.Ordinal)
    {
        ["Login"] = ["Accounts", "Devices", "Sessions", "Risk", "Environments"],
        ["Administration"] = ["Accounts", "Devices", "Sessions", "Risk"],
        ["Accounts"] = ["Devices", "Sessions", "Risk", "Environments"],
        ["Devices"] = ["Sessions", "Risk"],
        ["Sessions"] = ["Risk", "Environments"],
        ["Risk"] = ["Environments"],
        ["Environments"] = [],
    };

    private static readonly string[] Foundations = ["Security", "Storage", "Audit", "RateLimiting", "Hosting", "Messaging"];

    public static TheoryData<string> Capabilities => [.. Uses.Keys];

    public static TheoryData<string> FoundationNames => [.. Foundations];

    [Theory]
    [InlineData(typeof(RiskEngine), new string[0])]
    [InlineData(typeof(ErrorReasons), new string[0])]
    [InlineData(typeof(AuthServiceApplication), new[] { "AuthService.Ecv", "AuthService.Protocol" })]
    [InlineData(typeof(AuthServiceClient), new[] { "AuthService.Protocol" })]
    [InlineData(typeof(AuthServiceSessionsOptions), new[] { "AuthService.Client", "AuthService.Protocol" })]
    [InlineData(typeof(AuthCtl), new[] { "AuthService", "AuthService.Client", "AuthService.Protocol" })]
    public void A_project_knows_only_those_it_may(Type inProject, string[] mayKnow)
    {
        var known = inProject.Assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name == "AuthService" || name.StartsWith("AuthService.", StringComparison.Ordinal));

        known.Except(mayKnow, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Apps_on_phones_need_nothing_of_ASP_NET_Core() => typeof(AuthServiceClient).Assembly.GetReferencedAssemblies()
        .Select(reference => reference.Name!)
        .Where(name => name.StartsWith("Microsoft.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal))
        .ShouldBeEmpty();

    [Fact]
    public void The_engine_is_pure() => Offenders(
        Types.InAssembly(typeof(RiskEngine).Assembly).ShouldNot().HaveDependencyOnAny(
            "Microsoft", "System.IO.File", "System.Net.Http", "System.Net.Sockets", "System.TimeProvider", "System.Threading.Tasks",
            "System.Security.Cryptography.RandomNumberGenerator")).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Capabilities))]
    public void A_capability_uses_only_those_below_it(string capability)
    {
        var others = Uses.Keys.Except([capability, .. Uses[capability]], StringComparer.Ordinal).Select(Namespace).ToArray();

        Offenders(In(capability).ShouldNot().HaveDependencyOnAny(others)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Capabilities))]
    public void A_capability_is_reached_through_its_root_only(string capability)
    {
        var inner = Server.GetTypes()
            .Select(type => type.Namespace ?? "")
            .Where(name => name.StartsWith($"{Namespace(capability)}.", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .ToArray();

        var outside = Types.InAssembly(Server).That().DoNotResideInNamespaceStartingWith(Namespace(capability));
        if (inner.Length > 0)
            Offenders(outside.ShouldNot().HaveDependencyOnAny(inner)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(FoundationNames))]
    public void What_all_stand_on_stands_on_none(string foundation)
    {
        // The application, which puts all of them together, is the one exception.
        var types = Types.InAssembly(Server).That()
            .ResideInNamespaceStartingWith(Namespace(foundation)).And().DoNotHaveName(nameof(AuthServiceApplication));

        Offenders(types.ShouldNot().HaveDependencyOnAny([.. Uses.Keys.Select(Namespace)])).ShouldBeEmpty();
    }

    [Fact]
    public void Every_capability_is_in_the_picture()
    {
        var folders = Server.GetTypes()
            .Select(type => type.Namespace?.Split('.') is ["AuthService", var folder, ..] ? folder : null)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);

        folders.Except([.. Uses.Keys, .. Foundations], StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void A_file_holds_one_idea()
    {
        string[] generated = ["bin", "obj", "node_modules", "artifacts", "Migrations"];
        var root = Repository.Root;
        var long300 = new[] { "src", "tests", "examples", "loadtest", "eng", "protos/authservice" }
            .Select(folder => new DirectoryInfo(Path.Combine(root, folder)))
            .Where(folder => folder.Exists)
            .SelectMany(folder => folder.EnumerateFiles("*", SearchOption.AllDirectories))
            .Where(file => file.Extension is ".cs" or ".mjs" or ".js" or ".py" or ".proto" or ".sh" or "")
            .Where(file => !Path.GetRelativePath(root, file.FullName).Split('/').Intersect(generated, StringComparer.Ordinal).Any())
            .Where(file => File.ReadLines(file.FullName).Skip(300).Any())
            .Select(file => Path.GetRelativePath(root, file.FullName));

        long300.ShouldBeEmpty();
    }

    private static string Namespace(string folder) => $"AuthService.{folder}";

    private static PredicateList In(string folder) => Types.InAssembly(Server).That().ResideInNamespaceStartingWith(Namespace(folder));

    private static IEnumerable<string> Offenders(ConditionList rule) => rule.GetResult().FailingTypeNames ?? [];
}
