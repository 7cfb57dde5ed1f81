using AuthService.Ecv.Signals;
using AuthService.Hosting.Calls;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;

namespace AuthService.Risk;

/// <summary>What accounts have taught of their surroundings, and how they are taught.</summary>
public sealed class Profiles
{
    /// <summary>
    /// The surroundings of a sign-up, sealed under the account's data key, to be learned when the contact is verified. What the
    /// person did not consent to is not in it.
    /// </summary>
    public byte[] Keep(AccountKeys keys, CanonicalSignals signals, SignalConsents consents, Call call, DateTimeOffset now) => throw new NotSupportedException();

    /// <summary>Learns what <see cref="Keep"/> kept: the contact is verified.</summary>
    public Task LearnSignUpAsync(Work work, AccountKeys keys, byte[] kept, string verificationId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Erases what only this device taught.</summary>
    /// <returns>How many entries went.</returns>
    public Task<int> ForgetDeviceAsync(Work work, AccountId account, DeviceId device, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
