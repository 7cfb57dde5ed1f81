using System.ComponentModel.DataAnnotations;

namespace AuthService.RateLimiting;

/// <summary>
/// Section <c>Concurrency</c>: how many calls may be under way at once, in one process. Streams (<c>WatchSessions</c>, exports), which live for
/// minutes, are counted apart from calls, which live for milliseconds.
/// </summary>
public sealed class ConcurrencyOptions
{
    /// <summary>Calls of all callers together. Default 20,000; it bounds how many callers are told apart, too.</summary>
    [Range(10, 1_000_000)]
    public int Calls { get; set; } = 20_000;

    /// <summary>Streams of all callers together. Default 2,000.</summary>
    [Range(1, 1_000_000)]
    public int Streams { get; set; } = 2_000;

    /// <summary>Calls of one service's credential. Default 5,000: a bound against a runaway loop, not a quota.</summary>
    [Range(1, 1_000_000)]
    public int CallsOfService { get; set; } = 5_000;

    /// <summary>Calls of one account, from all of its devices. Default 200.</summary>
    [Range(1, 1_000_000)]
    public int CallsOfAccount { get; set; } = 200;

    /// <summary>
    /// Calls of one network that come without a credential, or whose credential is not known yet. Default 1,000: many people share an address.
    /// </summary>
    [Range(1, 1_000_000)]
    public int CallsOfNetwork { get; set; } = 1_000;

    /// <summary>Streams of one service's credential, which its instances may share. Default 500.</summary>
    [Range(1, 1_000_000)]
    public int StreamsOfService { get; set; } = 500;

    /// <summary>Streams of one account. Default 4.</summary>
    [Range(1, 1_000_000)]
    public int StreamsOfAccount { get; set; } = 4;

    /// <summary>Streams of one network, as above: for as long as their credential takes to be looked up. Default 200.</summary>
    [Range(1, 1_000_000)]
    public int StreamsOfNetwork { get; set; } = 200;

    internal int this[CallerKey caller] => (caller.Kind, caller.IsStream) switch
    {
        (CallerKind.Service, false) => CallsOfService,
        (CallerKind.Service, true) => StreamsOfService,
        (CallerKind.Account, false) => CallsOfAccount,
        (CallerKind.Account, true) => StreamsOfAccount,
        (_, false) => CallsOfNetwork,
        (_, true) => StreamsOfNetwork,
    };
}
