using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using BitFaster.Caching.Lru;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Sessions;

/// <summary>The states of sessions in use, in memory: read from the database once, and corrected by whoever changes a session.</summary>
/// <remarks>
/// A change is durable, then corrects what is here, then its caller is answered: who was told that a session ended finds it ended.
/// A read that began before the change must not undo the correction by bringing in what it read. Each session therefore belongs to
/// one of <see cref="Stripes"/> counters. A correction raises the counter, a read keeps its result only if the counter is still
/// what it was before it asked the database; both under the stripe's lock, which is never held while waiting for anything.
/// </remarks>
internal sealed class SessionStates(Database database, SessionNudges nudges, IOptions<SessionOptions> options)
{
    private const int Stripes = 256;

    private readonly ConcurrentLru<SessionId, SessionState> _cache = new(options.Value.SessionsCached);
    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new Stripe())];

    /// <summary>The state, or null if there is no such session (any more).</summary>
    /// <exception cref="StoreUnavailableException">It is not in memory, and the store could not be reached.</exception>
    public ValueTask<SessionState?> FindAsync(SessionId session, CancellationToken cancellationToken) =>
        _cache.TryGet(session, out var state) ? ValueTask.FromResult<SessionState?>(state) : LoadAsync(session, cancellationToken);

    /// <summary>The state as the database has it now: what is in memory is older than what the caller holds in hand.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    public ValueTask<SessionState?> ReadAsync(SessionId session, CancellationToken cancellationToken) => LoadAsync(session, cancellationToken);

    /// <summary>Has the row's state take effect as soon as the transaction is durable.</summary>
    public void Correct(Work work, SessionRow row)
    {
        var seen = StripeOf(SessionId.Parse(row.Id)).Read();
        work.AfterCommit(() => Correct(SessionState.Of(row), seen));
    }

    /// <summary>The same for a change that makes tokens bad: every other replica and watcher learns of it too.</summary>
    public void Change(Work work, SessionRow row, SessionEffect kind)
    {
        work.AddLast(new SessionChangeRow
        {
            SessionId = row.Id, AccountId = row.AccountId, Kind = kind, TokensFrom = row.TokensFrom, At = work.Now,
        });
        Correct(work, row);
        work.AfterCommit(nudges.Send);
    }

    /// <summary>What a replica, this one or another, has changed.</summary>
    public void Apply(SessionChangeRow change)
    {
        var session = SessionId.Parse(change.SessionId);
        var stripe = StripeOf(session);
        lock (stripe.Lock)
        {
            // A read that is under way may have begun before the change.
            stripe.Corrections++;
            if (!_cache.TryGet(session, out var state))
                return;
            _cache.AddOrUpdate(session, change.Kind == SessionEffect.Ended
                ? state with { EndedAt = state.EndedAt ?? change.At }
                : state with { TokensFrom = Math.Max(state.TokensFrom, change.TokensFrom) });
        }
    }

    /// <summary>
    /// Transactions may commit in one order and come here in another. If anything else was corrected since this one began, what it
    /// knows may be older than what it would replace: then the next to ask reads the database.
    /// </summary>
    private void Correct(SessionState state, long seen)
    {
        var stripe = StripeOf(state.Session);
        lock (stripe.Lock)
        {
            if (stripe.Corrections++ == seen)
                _cache.AddOrUpdate(state.Session, state);
            else
                _cache.TryRemove(state.Session);
        }
    }

    private async ValueTask<SessionState?> LoadAsync(SessionId session, CancellationToken cancellationToken)
    {
        var stripe = StripeOf(session);
        while (true)
        {
            var corrections = stripe.Read();
            var row = await database.ReadAsync(
                rows => rows.Sessions.SingleOrDefaultAsync(row => row.Id == session.Value, cancellationToken), cancellationToken);
            if (row is null)
                return null;

            var state = SessionState.Of(row);
            lock (stripe.Lock)
            {
                if (stripe.Corrections == corrections)
                {
                    _cache.AddOrUpdate(session, state);
                    return state;
                }
            }

            if (_cache.TryGet(session, out var corrected))
                return corrected;
        }
    }

    private Stripe StripeOf(SessionId session) => _stripes[(uint)session.GetHashCode() % Stripes];

    private sealed class Stripe
    {
        public readonly Lock Lock = new();
        public long Corrections;

        public long Read()
        {
            lock (Lock)
                return Corrections;
        }
    }
}
