using Google.Protobuf.WellKnownTypes;

namespace AuthService.Protocol.Proofs;

/// <summary>
/// What makes a proof usable once only: the server's challenge, or the app's own clock and a random id. Exactly one of the
/// two, so a closed set.
/// </summary>
public abstract record ProofFreshness
{
    private ProofFreshness()
    {
    }

    /// <summary>Answers a challenge from <c>CreateChallenge</c>. Counts as a fresh factor.</summary>
    /// <param name="Challenge">Opaque, as it came: 1 to <see cref="ProofLimits.MaxChallenge"/> bytes.</param>
    public sealed record ByChallenge(ReadOnlyMemory<byte> Challenge) : ProofFreshness
    {
        public bool Equals(ByChallenge? other) => other is not null && Challenge.Span.SequenceEqual(other.Challenge.Span);

        public override int GetHashCode() => HashOf(Challenge.Span);
    }

    /// <summary>Saves the round trip for a challenge. The server takes it for 60 seconds, each <paramref name="Jti"/> once.</summary>
    /// <param name="IssuedAt">When the app made it, by its own clock, exactly as sent: every nanosecond is signed.</param>
    /// <param name="Jti">Random: <see cref="ProofLimits.MinJti"/> to <see cref="ProofLimits.MaxJti"/> bytes.</param>
    public sealed record ByTime(Timestamp IssuedAt, ReadOnlyMemory<byte> Jti) : ProofFreshness
    {
        public bool Equals(ByTime? other) =>
            other is not null && IssuedAt.Equals(other.IssuedAt) && Jti.Span.SequenceEqual(other.Jti.Span);

        public override int GetHashCode() => HashOf(Jti.Span);
    }

    private static int HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
