namespace AuthService.Devices;

/// <summary>What decides how far a new key of an account is to be trusted.</summary>
/// <param name="HasOtherKeys">Whether the account has keys already.</param>
/// <param name="IsCountersigned">Whether one of them, past its own probation, signed the binding too.</param>
/// <param name="KeyTakenAwayAt">When a key was last unbound by somebody who proved no trusted one.</param>
/// <param name="RecoveredAt">When the account was last recovered without a second factor.</param>
internal readonly record struct NewKeyCase(bool HasOtherKeys, bool IsCountersigned, DateTimeOffset? KeyTakenAwayAt, DateTimeOffset? RecoveredAt);

/// <summary>
/// From when on a new key opens the gate. Whoever takes over an account binds a key of his own, to stay (design §8, "the soft
/// doors"): so a key that nothing vouches for waits, and the owner, who is told, can unbind it meanwhile.
/// </summary>
/// <remarks>
/// The first key of an account has nothing to be countersigned by, and is trusted at once. It is no way round the wait: an account
/// whose key was just taken away, or that was just recovered, has no first key.
/// </remarks>
internal static class KeyTrust
{
    public static DateTimeOffset From(NewKeyCase @case, DateTimeOffset now, TimeSpan probation)
    {
        if (@case.IsCountersigned)
            return now;

        var waits = @case.HasOtherKeys
            || @case.KeyTakenAwayAt + probation > now
            || @case.RecoveredAt + probation > now;
        return waits ? now + probation : now;
    }
}
