namespace AuthService.Storage.Hot;

/// <summary>What a login was judged by: it may have ended while the login waited for its hash.</summary>
/// <param name="Account">Its id.</param>
/// <param name="PasswordChangedAt">When the password that was compared was set.</param>
/// <param name="Device">The id of the device that proved itself, or null.</param>
/// <param name="DeviceToken">The id of the device token that came with it, or null.</param>
internal readonly record struct LoginGround(string Account, DateTimeOffset PasswordChangedAt, string? Device, string? DeviceToken);
