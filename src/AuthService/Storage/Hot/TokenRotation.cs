namespace AuthService.Storage.Hot;

/// <summary>That a device token was used, and what succeeds it.</summary>
/// <param name="Id">The row's.</param>
/// <param name="Presented">The hash of the token that was used.</param>
/// <param name="Successor">The hash of the one that is given out now.</param>
/// <param name="UsedAt">When.</param>
/// <param name="ExpiresAt">Until when it is good from now on.</param>
internal readonly record struct TokenRotation(string Id, byte[] Presented, byte[] Successor, DateTimeOffset UsedAt, DateTimeOffset ExpiresAt);
