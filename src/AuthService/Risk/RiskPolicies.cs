using System.Globalization;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using BitFaster.Caching.Lru;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Risk;

/// <summary>A policy, and how it came to be.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Row">Who put it in force, when and why; null for the built-in one.</param>
public sealed record PolicyRevision(DeploymentPolicy Policy, RiskPolicyRow? Row);

/// <summary>
/// The risk policies of the deployment: the one in force, and all before it. One that this process puts in force counts from its
/// commit on; what another replica did is noticed within <see cref="BelievedFor"/>, by whoever judges next.
/// </summary>
public sealed class RiskPolicies(TimeProvider clock)
{
    /// <summary>How long what the store said is believed: one small read a second, however many logins there are.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ConcurrentLru<int, PolicyRevision> _known = new(64);
    private Seen? _seen;

    /// <summary>What decides now.</summary>
    public async ValueTask<DeploymentPolicy> InForceAsync(AuthDbContext rows, CancellationToken cancellationToken) =>
        Volatile.Read(ref _seen) is { } seen && clock.GetElapsedTime(seen.At) < BelievedFor
            ? seen.Policy
            : Take((await LatestAsync(rows, cancellationToken)).Policy);

    /// <summary>The newest, whatever is believed.</summary>
    public async ValueTask<PolicyRevision> LatestAsync(AuthDbContext rows, CancellationToken cancellationToken)
    {
        var newest = await rows.RiskPolicies.MaxAsync(row => (int?)row.Version, cancellationToken) ?? DeploymentPolicy.BuiltIn.Number;
        return await FindAsync(rows, newest, cancellationToken) ?? throw new InvalidOperationException("A risk policy is gone: none ever goes.");
    }

    /// <summary>One of them, in force or not; null if there never was such a version.</summary>
    public ValueTask<PolicyRevision?> FindAsync(AuthDbContext rows, string version, CancellationToken cancellationToken) =>
        NumberOf(version) is { } number ? FindAsync(rows, number, cancellationToken) : default;

    /// <summary>The same, only if it costs no read.</summary>
    public PolicyRevision? Known(string version) => NumberOf(version) is { } number ? Known(number) : null;

    /// <summary>Puts a policy in force when the transaction is durable.</summary>
    /// <param name="whole">Checked, with every field; its version is set here.</param>
    public PolicyRevision Add(Work work, DeploymentPolicy latest, RiskPolicy whole, string author, string reason)
    {
        var policy = whole.ToPolicy(latest.Number + 1);
        var row = new RiskPolicyRow
        {
            Version = policy.Number,
            Policy = Google.Protobuf.MessageExtensions.ToByteArray(policy.ToMessage()),
            CreatedAt = work.Now,
            Author = author,
            Reason = reason,
        };
        work.Rows.RiskPolicies.Add(row);
        work.AfterCommit(() => Take(policy));
        return new PolicyRevision(policy, row);
    }

    private static int? NumberOf(string version) =>
        int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && DeploymentPolicy.VersionOf(number) == version
            ? number
            : null;

    private PolicyRevision? Known(int number)
    {
        if (number == DeploymentPolicy.BuiltIn.Number)
            return new PolicyRevision(DeploymentPolicy.BuiltIn, Row: null);
        return _known.TryGet(number, out var known) ? known : null;
    }

    private async ValueTask<PolicyRevision?> FindAsync(AuthDbContext rows, int number, CancellationToken cancellationToken)
    {
        if (Known(number) is { } known)
            return known;
        if (await rows.RiskPolicies.AsNoTracking().SingleOrDefaultAsync(row => row.Version == number, cancellationToken) is not { } row)
            return null;

        // What the build that wrote it did not know of, it did not decide by: the start values say as little as can be said.
        var revision = new PolicyRevision(RiskPolicy.Parser.ParseFrom(row.Policy).Over(DeploymentPolicy.BuiltIn).ToPolicy(number), row);
        _known.AddOrUpdate(number, revision);
        return revision;
    }

    /// <summary>A read that began before a commit must not take back what the commit put in force.</summary>
    private DeploymentPolicy Take(DeploymentPolicy policy)
    {
        lock (_lock)
        {
            if (_seen is { } seen && seen.Policy.Number > policy.Number)
                policy = seen.Policy;
            Volatile.Write(ref _seen, new Seen(policy, clock.GetTimestamp()));
            return policy;
        }
    }

    private sealed record Seen(DeploymentPolicy Policy, long At);
}
