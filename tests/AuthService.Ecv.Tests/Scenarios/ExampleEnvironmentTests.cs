using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Tests.Scenarios;

public sealed class ExampleEnvironmentTests
{
    public static TheoryData<string> Files { get; } = [.. ExampleEnvironment.All];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_example_is_accepted(string name)
    {
        var accepted = SignalParser.TryParse(ExampleEnvironment.Read(name), out _, out var violations);

        violations.ShouldBeEmpty();
        accepted.ShouldBeTrue();
    }

    [Theory]
    [InlineData("android-phone-at-home", "device.hardware device.name device.model device.os wifi.network wifi.scene place.region place.cell place.geo account.company language")]
    [InlineData("iphone-at-home", "device.hardware device.name device.model device.os wifi.network place.region place.geo language")]
    [InlineData("iphone-with-approximate-location", "device.hardware device.name device.model device.os place.region place.geo language")]
    [InlineData("home-hub", "device.hardware device.board device.name device.mac device.model device.os wifi.network wifi.scene place.region language")]
    public void A_platform_gives_what_it_gives(string name, string kinds) =>
        World.Tokenize(ExampleEnvironment.Read(name)).Characteristics.Select(found => found.Kind).ShouldBe(kinds.Split(' '));

    [Fact]
    public void Every_example_stands_in_the_readme()
    {
        var readme = File.ReadAllText(Path.Combine(ExampleEnvironment.Repository, "examples", "environments", "README.md"));

        ExampleEnvironment.All.ShouldAllBe(name => readme.Contains($"`{name}.json`", StringComparison.Ordinal));
    }
}
