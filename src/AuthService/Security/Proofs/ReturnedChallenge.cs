namespace AuthService.Security.Proofs;

/// <summary>What a challenge tells when it comes back.</summary>
/// <param name="ExpiresAt">From then on it is refused.</param>
/// <param name="RoundTrip">From issue to return by the servers' clocks, to the millisecond: who relays it takes longer.</param>
/// <param name="Relayed">Whether it was issued to another network than it came back from.</param>
internal readonly record struct ReturnedChallenge(DateTimeOffset ExpiresAt, TimeSpan RoundTrip, bool Relayed);
