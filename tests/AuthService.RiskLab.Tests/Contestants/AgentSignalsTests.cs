using AuthService.RiskLab.Contestants.Engine;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Tests.Contestants;

public class AgentSignalsTests
{
    [Fact]
    public void System_and_browser_are_one_versioned_name_and_the_model_comes_from_the_string()
    {
        var device = AgentSignals.Of(new UserAgent(
            "Mozilla/5.0 (Linux; Android 10; SM-G973F Build/QP1A) AppleWebKit/537.36", "Chrome Mobile 81.0.4044", "Android 10", "mobile")).Device!;

        (device.OsName, device.OsVersion).ShouldBe(("Android, Chrome Mobile", "10.0.81.4044"));
        (device.Manufacturer, device.Model).ShouldBe(("mobile", "SM-G973F"));
    }

    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("(((", "Chrome", "\u0001\u0002", "unknown")]
    [InlineData("Mozilla/5.0 (", "99999999999.1.2", "iOS 1.", "bot")]
    [InlineData("é\uD800", "x x x", "y", "ü")]
    public void Any_string_is_accepted_by_the_engine(string text, string browser, string os, string type)
    {
        var raw = AgentSignals.Of(new UserAgent(text, browser, os, type));

        AuthService.Ecv.Signals.SignalParser.TryParse(raw, out _, out var violations).ShouldBeTrue(string.Join("; ", violations));
    }
}
