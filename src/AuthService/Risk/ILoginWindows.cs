using System.Collections.Immutable;
using AuthService.Ecv.Risk;

namespace AuthService.Risk;

/// <summary>Whose failures: keyed hashes, each null where nobody is known.</summary>
internal readonly record struct FailureKeys(ulong? Network, ulong? Account, ulong? Device);

/// <summary>
/// Where recent logins are remembered: in this process, or in Redis for all replicas. Failures for an hour (and what is usual for up to
/// four days), doubts and refused refreshes for half an hour. Never refuses, and never fails: what cannot be asked is not known.
/// </summary>
internal interface ILoginWindows
{
    /// <summary>Fills in how often network, account and device have failed.</summary>
    ValueTask<CallFacts> DescribeAsync(CallFacts facts, FailureKeys of, CancellationToken cancellationToken);

    /// <summary>What is still doubted.</summary>
    ValueTask<ImmutableArray<RememberedDoubt>> RecallAsync(DoubtKey of, CancellationToken cancellationToken);

    /// <summary>Whether a refresh of the session was refused there.</summary>
    ValueTask<bool> IsRefreshRefusedAsync(DoubtKey of, ulong session, CancellationToken cancellationToken);

    /// <summary>A secret was wrong.</summary>
    ValueTask FailedAsync(FailureKeys of);

    /// <summary>A secret was right, and its surroundings were not.</summary>
    /// <param name="refreshRefused">The session whose refresh this was, or null.</param>
    ValueTask DoubtedAsync(DoubtKey of, RiskVerdict verdict, ulong? refreshRefused);

    /// <summary>It was the owner after all: doubts and refused refreshes are forgotten.</summary>
    ValueTask ClearAsync(DoubtKey of);

    /// <summary>All of an account, on whatever network.</summary>
    ValueTask ForgetAsync(ulong account);
}
