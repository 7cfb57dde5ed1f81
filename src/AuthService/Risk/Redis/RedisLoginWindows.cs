using System.Collections.Immutable;
using System.Globalization;
using AuthService.Ecv.Risk;
using AuthService.Storage.Redis;
using StackExchange.Redis;

namespace AuthService.Risk.Redis;

/// <summary>
/// Remembered in Redis for all replicas, and here as well: while Redis cannot be reached, each replica knows what it saw itself. While
/// it can, its word alone counts, since another replica may have learned that it was the owner.
/// </summary>
internal sealed class RedisLoginWindows(SharedRedis redis, LocalLoginWindows local) : ILoginWindows
{
    private const char SessionMark = 's';

    private static readonly string Failures = EmbeddedScripts.Read("failures.lua");
    private static readonly string NoteDoubts = EmbeddedScripts.Read("doubts-note.lua");
    private static readonly string RecallDoubts = EmbeddedScripts.Read("doubts-recall.lua");
    private static readonly string ClearDoubts = EmbeddedScripts.Read("doubts-clear.lua");
    private static readonly string Forget = EmbeddedScripts.Read("forget.lua");

    public async ValueTask<CallFacts> DescribeAsync(CallFacts facts, FailureKeys of, CancellationToken cancellationToken)
    {
        // All at once: they travel together.
        var network = CountAsync("network", of.Network, cancellationToken);
        var account = CountAsync("account", of.Account, cancellationToken);
        var device = CountAsync("device", of.Device, cancellationToken);
        return await network is { } from && await account is { } whose && await device is { } by
            ? facts with
            {
                NetworkFailures = from.Failures,
                IdentifiersFailing = from.Identifiers,
                AccountFailures = whose.Failures,
                DeviceFailures = by.Failures,
            }
            : await local.DescribeAsync(facts, of, cancellationToken);
    }

    public async ValueTask<ImmutableArray<RememberedDoubt>> RecallAsync(DoubtKey of, CancellationToken cancellationToken) =>
        await AskDoubtsAsync(of, cancellationToken) is { } fields
            ? [.. DoubtsIn(fields)]
            : await local.RecallAsync(of, cancellationToken);

    public async ValueTask<bool> IsRefreshRefusedAsync(DoubtKey of, ulong session, CancellationToken cancellationToken) =>
        await AskDoubtsAsync(of, cancellationToken) is { } fields
            ? fields.Contains(SourceOf(session), StringComparer.Ordinal)
            : await local.IsRefreshRefusedAsync(of, session, cancellationToken);

    public async ValueTask FailedAsync(FailureKeys of)
    {
        await local.FailedAsync(of);
        await Task.WhenAll(
            NoteFailureAsync("network", of.Network, of.Account), NoteFailureAsync("account", of.Account, identifier: null),
            NoteFailureAsync("device", of.Device, identifier: null));
    }

    public async ValueTask DoubtedAsync(DoubtKey of, RiskVerdict verdict, ulong? refreshRefused)
    {
        await local.DoubtedAsync(of, verdict, refreshRefused);
        RedisValue[] shown =
        [
            .. RememberedDoubt.Of(verdict).SelectMany(doubt => new RedisValue[] { (int)doubt.Source, doubt.Millibits }),
            .. refreshRefused is { } session ? new RedisValue[] { SourceOf(session), 0 } : [],
        ];
        if (shown.Length > 0)
        {
            await redis.AskAsync(
                NoteDoubts, DoubtsOf(of.Account), [(long)DoubtTable.Kept.TotalMilliseconds, Hex(of.Network), .. shown], CancellationToken.None);
        }
    }

    public async ValueTask ClearAsync(DoubtKey of)
    {
        await local.ClearAsync(of);
        await redis.AskAsync(ClearDoubts, DoubtsOf(of.Account), [Hex(of.Network)], CancellationToken.None);
    }

    public async ValueTask ForgetAsync(ulong account)
    {
        await local.ForgetAsync(account);
        await redis.AskAsync(Forget, DoubtsOf(account), [], CancellationToken.None);
        await redis.AskAsync(Forget, FailuresOf("account", account), [], CancellationToken.None);
    }

    private async Task<Count?> CountAsync(string kind, ulong? of, CancellationToken cancellationToken)
    {
        if (of is not { } key)
            return default(Count);
        return await redis.AskAsync(Failures, FailuresOf(kind, key), [0, ""], cancellationToken) is { } answer
            ? Count.Of((long[]?)answer)
            : null;
    }

    private async Task NoteFailureAsync(string kind, ulong? of, ulong? identifier)
    {
        if (of is { } key)
            await redis.AskAsync(Failures, FailuresOf(kind, key), [1, identifier is { } tried ? Hex(tried) : ""], CancellationToken.None);
    }

    private async ValueTask<string?[]?> AskDoubtsAsync(DoubtKey of, CancellationToken cancellationToken) =>
        await redis.AskAsync(RecallDoubts, DoubtsOf(of.Account), [Hex(of.Network)], cancellationToken) is { } answer ? (string?[]?)answer ?? [] : null;

    /// <summary>What is not well-formed is not known: Redis is not believed more than a client.</summary>
    private static IEnumerable<RememberedDoubt> DoubtsIn(string?[] fields)
    {
        for (var index = 0; index + 1 < fields.Length; index += 2)
        {
            if (byte.TryParse(fields[index], NumberStyles.None, CultureInfo.InvariantCulture, out var source)
                && int.TryParse(fields[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var millibits)
                && new RememberedDoubt(source, millibits) is { IsWellFormed: true } doubt)
                yield return doubt;
        }
    }

    private RedisKey FailuresOf(string kind, ulong key) => redis.Key("failures", $"{kind}-{Hex(key)}");

    private RedisKey DoubtsOf(ulong account) => redis.Key("doubts", Hex(account));

    private static string SourceOf(ulong session) => SessionMark + Hex(session);

    private static string Hex(ulong key) => key.ToString("x16", CultureInfo.InvariantCulture);

    private readonly record struct Count(int Failures, int Identifiers)
    {
        /// <summary>More than this nobody can have failed in an hour; it is what a broken entry says.</summary>
        private const long Most = 1_000_000;

        public static Count Of(long[]? answer) => answer is [>= 0 and <= Most and var failures, >= 0 and <= Most and var identifiers]
            ? new Count((int)failures, (int)identifiers)
            : default;
    }
}
