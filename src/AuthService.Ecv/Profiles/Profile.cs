using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Profiles;

/// <summary>What an account's logins have taught: one compact row, of tokens and counts. Immutable; changes make a new one.</summary>
public sealed class Profile
{
    /// <summary>No profile is longer, in bytes.</summary>
    public const int MaxBytes = 32_768;

    public static Profile Empty { get; } = new();

    /// <exception cref="InvalidDataException">The bytes are no profile.</exception>
    public static Profile Read(ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    /// <summary>Whether the bytes are a profile. Never throws.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Profile profile) => throw new NotSupportedException();

    public byte[] Write() => throw new NotSupportedException();

    /// <summary>Adds an environment. Only after proof, a passed step-up, or an allowed login; the caller sees to it.</summary>
    public Profile Learn(TokenizedEnvironment environment, Lesson lesson) => throw new NotSupportedException();

    /// <summary>Erases what only this device taught.</summary>
    public Profile Forget(DeviceTag device) => throw new NotSupportedException();

    /// <summary>Takes back what these verdicts' logins taught.</summary>
    public Profile Unlearn(IReadOnlyCollection<VerdictTag> verdicts) => throw new NotSupportedException();

    /// <summary>Erases every kind that needs one of these consents.</summary>
    public Profile WithdrawConsent(SignalConsents withdrawn) => throw new NotSupportedException();

    /// <summary>The bound devices whose own identifiers (hardware, board, MAC) this environment names.</summary>
    public IReadOnlyList<DeviceTag> DevicesNamedBy(TokenizedEnvironment environment) => throw new NotSupportedException();
}
