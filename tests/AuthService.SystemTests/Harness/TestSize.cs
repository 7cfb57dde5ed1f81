using System.Globalization;

namespace AuthService.SystemTests.Harness;

/// <summary>How much a test does: a little in <c>./test</c>, more where figures are wanted.</summary>
public static class TestSize
{
    /// <summary><c>AUTHSERVICE_TEST_SESSIONS</c>, or what the test does without it.</summary>
    public static int Sessions(int unlessAsked) =>
        int.TryParse(Environment.GetEnvironmentVariable("AUTHSERVICE_TEST_SESSIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0
            ? asked
            : unlessAsked;
}
