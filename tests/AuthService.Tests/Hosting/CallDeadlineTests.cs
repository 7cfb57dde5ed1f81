using System.Text.RegularExpressions;
using AuthService.Hosting.Calls;

namespace AuthService.Tests.Hosting;

public sealed class CallDeadlineTests
{
    /// <summary>They wait for nothing.</summary>
    private static readonly string[] AtOnce = ["CreateChallenge", "ListSigningKeys"];

    [Theory]
    [InlineData("1H", 3_600_000)]
    [InlineData("2M", 120_000)]
    [InlineData("3S", 3_000)]
    [InlineData("40m", 40)]
    [InlineData("5000u", 5)]
    [InlineData("6000000n", 6)]
    [InlineData("0S", 0)]
    public void It_reads_what_gRPC_writes(string text, int milliseconds)
    {
        CallDeadline.TryParse(text, out var timeout).ShouldBeTrue();
        timeout.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData("1.5S")]
    [InlineData("123456789S")]
    [InlineData("99999999H")]
    public void What_it_does_not_read_ends_nothing(string text) => CallDeadline.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Every_handler_passes_its_calls_end_on()
    {
        var handlers = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "AuthService"), "*GrpcService.cs", SearchOption.AllDirectories)
            .SelectMany(file => File.ReadAllText(file).Split("public override ")[1..])
            .Select(handler => (Name: Regex.Match(handler, @"(?<name>\w+)\(", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["name"].Value, Text: handler))
            .ToList();

        handlers.Count.ShouldBe(RpcTable.Rules.Count);
        handlers.Where(handler => !handler.Text.Contains("context.CancellationToken", StringComparison.Ordinal))
            .Select(handler => handler.Name).ShouldBe(AtOnce, ignoreOrder: true);
    }
}
