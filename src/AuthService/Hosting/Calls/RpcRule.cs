using AuthService.Protocol;
using AuthService.RateLimiting;
using AuthService.V1;

namespace AuthService.Hosting.Calls;

/// <summary>Who may call an RPC.</summary>
[Flags]
public enum CallerKinds
{
    None = 0,
    Anyone = 1,
    User = 2,
    Service = 4,
}

/// <summary>What one RPC needs: a line of <see cref="RpcTable"/>.</summary>
/// <param name="Rpc">Full name.</param>
/// <param name="Callers">Who may call it.</param>
/// <param name="Scope">The scope that a service needs, or null where no service may call.</param>
/// <param name="Proof">Whether a proof may, or must, come with it.</param>
/// <param name="Fresh">Whether a user must have passed a factor within 5 minutes, or send a proof with a challenge.</param>
/// <param name="Limits">The limits on the caller's network; those on identifiers, contacts and accounts belong to the use case.</param>
/// <param name="Event">The event that a success writes, or null for reads.</param>
public sealed record RpcRule(
    RpcName Rpc,
    CallerKinds Callers,
    string? Scope,
    ProofNeed Proof,
    bool Fresh,
    IReadOnlyList<LimitName> Limits,
    EventType? Event)
{
    /// <summary>Whether it lives for as long as its caller listens: counted apart.</summary>
    public bool IsStream { get; init; }

    /// <summary>The purpose that a challenge must have been issued for, to be redeemed here.</summary>
    public ChallengePurpose Challenge { get; init; } = ChallengePurpose.Call;
}

/// <summary>What an RPC has to do with proofs. On a key-bound session every call needs one, whatever is said here.</summary>
public enum ProofNeed
{
    /// <summary>Only of a key-bound session.</summary>
    OfBoundSession,

    /// <summary>Welcome from anyone, and then judged: Login.</summary>
    Optional,

    /// <summary>By the key that the request brings, and by an old one if there is one: BindDevice.</summary>
    OfNewKey,
}
