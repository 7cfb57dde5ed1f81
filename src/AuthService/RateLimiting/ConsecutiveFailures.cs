using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Hot;
using AuthService.Storage.Rows;
using Microsoft.Extensions.Options;

namespace AuthService.RateLimiting;

/// <summary>
/// Counts failures in a row against a target, in the database and before the secret is looked at: however many tries run at
/// once, each has taken its number when its hash begins (NIST SP 800-63B-4 §3.2.2).
/// </summary>
/// <remarks>
/// A target is an account as strangers try it, an account as one proven or tokened device tries it, or an identifier without an
/// account. Strangers cannot use up what a known device has left, so they cannot lock its owner out.
/// </remarks>
public sealed class ConsecutiveFailures(BlindIndex index, IOptions<FailureOptions> options)
{
    /// <summary>Takes a number for one try, or says how long to wait. It counts as a failure until <see cref="Forgive"/>.</summary>
    /// <param name="target">From <see cref="TargetOf"/>.</param>
    public async Task<Attempt> TakeAsync(Work work, byte[] target, CancellationToken cancellationToken)
    {
        if (await FindAsync(work, target, cancellationToken) is not { } row)
        {
            Put(work, new AttemptRow { Target = target, Failures = 1, LastAt = work.Now });
            return new Attempt(1, Wait: null, Holds: false);
        }

        var wait = row.LastAt + options.Value.DelayAfter(row.Failures) - work.Now;
        if (wait > TimeSpan.Zero)
            return new Attempt(row.Failures, wait, Holds: false);

        row.Failures++;
        row.LastAt = work.Now;
        Put(work, row);
        return new Attempt(row.Failures, Wait: null, Holds: row.Failures == options.Value.HoldAfter);
    }

    /// <summary>The secret was right: the count starts over. Also in the transaction that took the number.</summary>
    public static void Forgive(Work work, byte[] target) => work.Write(statements => statements.DeleteAttempt, target);

    /// <summary>The secret was never looked at: the number goes back, and the delay that it brought with it.</summary>
    public static async Task ReturnAsync(Work work, byte[] target, CancellationToken cancellationToken)
    {
        if (await FindAsync(work, target, cancellationToken) is not { } row)
            return;
        row.Failures--;
        if (row.Failures == 0)
            Forgive(work, target);
        else
            Put(work, row);
    }

    /// <param name="kind"><c>account</c>, <c>device</c> or <c>identifier</c>.</param>
    /// <param name="value">The account's id, with the device's after it where one is known; or an identifier's normal form.</param>
    public byte[] TargetOf(string kind, string value) => Bytes(index.ForCounter(kind, value));

    /// <summary>Whether so many failures hold strangers, rather than delay them.</summary>
    public bool IsHeld(int failures) => failures >= options.Value.HoldAfter;

    private static Task<AttemptRow?> FindAsync(Work work, byte[] target, CancellationToken cancellationToken) =>
        work.FindAsync(statements => statements.SelectAttempt, target, AttemptColumns.Read, cancellationToken);

    private static void Put(Work work, AttemptRow row) => work.Write(statements => statements.PutAttempt, row);

    private static byte[] Bytes(UInt128 number)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return bytes;
    }
}

/// <summary>What taking a number gave.</summary>
/// <param name="Number">How many tries in a row this makes, it included.</param>
/// <param name="Wait">Null if the secret may be looked at now; otherwise how long to wait, and nothing was counted.</param>
/// <param name="Holds">Whether this is the last try before strangers are held.</param>
public readonly record struct Attempt(int Number, TimeSpan? Wait, bool Holds);
