using AuthService.V1;

namespace AuthService.Cli.Demo;

/// <summary>One thing that happens in the story.</summary>
/// <param name="What">Who does what.</param>
/// <param name="Expected">What has to become of it.</param>
/// <param name="Happened">What became of it.</param>
/// <param name="AsExpected">Whether the two agree.</param>
/// <param name="Verdict">How the surroundings were judged, or null where nothing was judged.</param>
internal sealed record Scene(string What, string Expected, string Happened, bool AsExpected, RiskVerdict? Verdict = null);
