using Google.Protobuf.WellKnownTypes;

namespace AuthService.Client.AspNetCore;

/// <summary>Until when something that AuthService said may be answered from.</summary>
/// <remarks>
/// <c>fresh_until</c> is a time of its clock. If ours is behind, that would come too late: so it also ends ten seconds, of a clock that
/// nobody sets, after it was asked for or heard.
/// </remarks>
internal readonly record struct Freshness
{
    /// <summary>design §6: <c>fresh_until</c> is never further away.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly long _since;

    private Freshness(DateTimeOffset until, long since) => (Until, _since) = (until, since);

    /// <summary>By AuthService's clock.</summary>
    public DateTimeOffset Until { get; }

    /// <param name="freshUntil">As AuthService said, or null: not at all.</param>
    /// <param name="since">The clock's timestamp when it was asked for, or heard if nobody asked.</param>
    public static Freshness Of(Timestamp? freshUntil, long since) => freshUntil is null ? default : new(freshUntil.ToDateTimeOffset(), since);

    public bool Holds(TimeProvider clock) => clock.GetUtcNow() < Until && clock.GetElapsedTime(_since) < Longest;
}
