namespace AuthService.Cli.Fit;

/// <summary>A login whose person was let in, and so taken for the owner: judged again by the present policy.</summary>
/// <param name="Account">Whose. Logins of one account are alike, so they are drawn together.</param>
/// <param name="Score">In millibits.</param>
/// <param name="HasGate">Whether something beyond the score entitled it to be allowed.</param>
internal readonly record struct HonestLogin(string Account, long Score, bool HasGate);
