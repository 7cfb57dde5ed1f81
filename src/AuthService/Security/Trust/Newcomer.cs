namespace AuthService.Security.Trust;

/// <summary>
/// Something new of an account, by which somebody could come in again: a device key, a second factor, a contact, a password set by
/// recovery. Whoever takes over an account adds one of his own, to stay (design §8, "the soft doors"): so what nothing vouches for
/// waits, and the owner, who is told, can stop it meanwhile.
/// </summary>
/// <param name="IsGuarded">Whether the account has guards that could vouch: device keys, second factors.</param>
/// <param name="IsCountersigned">Whether one of them, past its own wait, does.</param>
/// <param name="GuardTakenAwayAt">When a trusted guard was last taken away by somebody who showed none.</param>
/// <param name="RecoveredAt">When the account was last recovered by a contact alone.</param>
/// <remarks>
/// The first guard of an account has nothing to be countersigned by, and counts at once. It is no way round the wait: an account whose
/// guard was just taken away, or that was just recovered, has no first one.
/// </remarks>
internal readonly record struct Newcomer(bool IsGuarded, bool IsCountersigned, DateTimeOffset? GuardTakenAwayAt, DateTimeOffset? RecoveredAt)
{
    public DateTimeOffset TrustedFrom(DateTimeOffset now, TimeSpan wait)
    {
        if (IsCountersigned)
            return now;

        var waits = IsGuarded || GuardTakenAwayAt + wait > now || RecoveredAt + wait > now;
        return waits ? now + wait : now;
    }
}
