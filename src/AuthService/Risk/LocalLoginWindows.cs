using System.Collections.Immutable;
using AuthService.Ecv.Reputation;
using AuthService.Ecv.Risk;
using Microsoft.Extensions.Options;

namespace AuthService.Risk;

/// <summary>Remembered in this process, in bounded tables.</summary>
internal sealed class LocalLoginWindows(IOptions<RiskOptions> options, TimeProvider clock) : ILoginWindows
{
    private readonly Lock _lock = new();
    private readonly ReputationTable _reputation = new(options.Value.NetworksRemembered);
    private readonly DoubtTable _doubts = new(options.Value.DoubtsRemembered);
    private readonly RefusedRefreshes _refreshes = new(options.Value.DoubtsRemembered);

    /// <summary>What the tables hold, all together.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _reputation.Count + _doubts.Count + _refreshes.Count;
        }
    }

    public ValueTask<CallFacts> DescribeAsync(CallFacts facts, FailureKeys of, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(_reputation.Describe(facts, of.Network ?? 0, of.Account ?? 0, of.Device, clock.GetUtcNow()));
    }

    public ValueTask<ImmutableArray<RememberedDoubt>> RecallAsync(DoubtKey of, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(_doubts.Recall(of, clock.GetUtcNow()));
    }

    public ValueTask<bool> IsRefreshRefusedAsync(DoubtKey of, ulong session, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(_refreshes.Holds(of.Account, of.Network, session, clock.GetUtcNow()));
    }

    public ValueTask FailedAsync(FailureKeys of)
    {
        lock (_lock)
            _reputation.Failed(of.Network ?? 0, of.Account ?? 0, of.Device, clock.GetUtcNow());
        return ValueTask.CompletedTask;
    }

    public ValueTask DoubtedAsync(DoubtKey of, RiskVerdict verdict, ulong? refreshRefused)
    {
        lock (_lock)
        {
            _doubts.Remember(of, verdict, clock.GetUtcNow());
            if (refreshRefused is { } session)
                _refreshes.Remember(of.Account, of.Network, session, clock.GetUtcNow());
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ClearAsync(DoubtKey of)
    {
        lock (_lock)
        {
            _doubts.Forget(of);
            _refreshes.Forget(of.Account, of.Network);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ForgetAsync(ulong account)
    {
        lock (_lock)
        {
            _reputation.Forget(account);
            _doubts.ForgetAccount(account);
            _refreshes.Forget(account, network: null);
        }

        return ValueTask.CompletedTask;
    }
}
