using System.Globalization;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.Ecv.Values;
using Xunit.Abstractions;

namespace AuthService.Ecv.Tests.Scenarios;

/// <summary>docs/ecv.md says what the code does.</summary>
public sealed class DocumentationTests(ITestOutputHelper output)
{
    private static readonly string Page = File.ReadAllText(Path.Combine(ExampleEnvironment.Repository, "docs", "ecv.md"));

    public static TheoryData<string> Kinds { get; } = [.. CharacteristicCatalog.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_table_of_characteristics_is_the_catalog(string name)
    {
        var kind = CharacteristicCatalog.All.Single(candidate => candidate.Name == name);
        var levels = string.Join(" → ", kind.Levels.Select(level => level.Name));
        var priors = string.Join(" → ", kind.Levels.Select(Prior));
        var consent = kind.Consent == SignalConsents.None ? "none" : kind.Consent.ToString();
        var row = $"| {(int)kind.Kind} | `{name}` | {CharacteristicCatalog.NameOf(kind.Group)} | {consent} | {levels} | {priors} |";

        output.WriteLine(row);
        Page.ShouldContain(row);
    }

    [Fact]
    public void The_sizes_are_the_codes()
    {
        var home = World.Tokenize(ExampleEnvironment.Read("android-phone-at-home"), World.Home);
        var taught = World.Taught(12, home);
        var account = AccountBinding.Derive(World.Key, "acc_de_1");
        string[] rows =
        [
            Row("`ecv1.` value, characters", EcvValue.Encode(home, account, "k1", new byte[32]).Length, EcvValue.MaxLength),
            Row("profile row, bytes", taught.Write().Length, Profile.MaxBytes),
            Row("verdict record, bytes", RiskEngine.Measure(World.Input(taught, home)).Write().Length, VerdictRecord.MaxBytes),
        ];

        foreach (var row in rows)
        {
            output.WriteLine(row);
            Page.ShouldContain(row);
        }

        static string Row(string what, int typical, int most) =>
            string.Create(CultureInfo.InvariantCulture, $"| {what} | {typical:N0} | {most:N0} |");
    }

    [Fact]
    public void The_policy_is_the_codes()
    {
        var policy = RiskPolicy.Default;
        string[] rows =
        [
            Row("device", policy.Device),
            Row("place", policy.Place),
            Row("company", policy.Company),
            Row("habit", policy.Habit),
            $"`ALLOW` below {policy.AllowBelow / 1000} bits",
            $"`DENY` from {policy.DenyFrom / 1000} bits",
        ];

        foreach (var row in rows)
            Page.Replace('−', '-').ShouldContain(row);

        static string Row(string group, GroupCaps caps) =>
            string.Create(CultureInfo.InvariantCulture, $"| {group} | {caps.Trust / 1000.0:0.#} | +{caps.Doubt / 1000.0:0.#} |");
    }

    private static string Prior(CharacteristicLevel level)
    {
        var share = level.Prior / (double)CharacteristicCatalog.Certain;
        var text = level.Prior == CharacteristicCatalog.Certain >> 16 ? "2⁻¹⁶" : share.ToString("0.####", CultureInfo.InvariantCulture);
        return level.HasStatistics ? text : $"{text} fixed";
    }
}
