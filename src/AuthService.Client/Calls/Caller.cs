using AuthService.V1;

namespace AuthService.Client.Calls;

/// <summary>As whom a call is made, and with which keys it is proven.</summary>
internal sealed record Caller
{
    /// <summary>Nobody yet: no token, no proof.</summary>
    public static Caller Anonymous { get; } = new();

    public string? AccessToken { get; init; }

    /// <summary>One proof each, in this order.</summary>
    public IReadOnlyList<Prover> Provers { get; init; } = [];

    /// <summary>What a challenge is asked for, where the proof needs one.</summary>
    public ChallengePurpose ChallengePurpose { get; init; } = ChallengePurpose.Call;

    /// <summary>Whether the proof must answer a challenge, and so counts as a fresh factor. Else time and jti will do.</summary>
    public bool AnswersChallenge { get; init; }

    public override string ToString() => "[secret]";
}
