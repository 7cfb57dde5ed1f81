using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Profiles;

/// <summary>What an account's logins have taught: one compact row, of tokens and counts. Immutable; changes make a new one.</summary>
/// <remarks>The format is in <see cref="ProfileRow"/>. A profile is read in place: judging takes nothing apart.</remarks>
public sealed class Profile
{
    /// <summary>No profile is longer, in bytes: every kind full, 31 devices, 64 visits, 1 KiB of extensions.</summary>
    public const int MaxBytes = 24_958;

    private Profile(ProfileRow row) => Row = row;

    public static Profile Empty { get; } = Of(new ProfileContent());

    internal ProfileRow Row { get; }

    /// <param name="row">What <see cref="Write"/> wrote. It is kept, not copied: do not change it afterwards.</param>
    /// <exception cref="InvalidDataException">The bytes are no profile.</exception>
    public static Profile Read(ReadOnlyMemory<byte> row) =>
        TryRead(row, out var profile) ? profile : throw new InvalidDataException("Not a profile.");

    /// <summary>Whether the bytes are a profile. Never throws.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> row, out Profile profile)
    {
        var parsed = ProfileRow.TryParse(row);
        profile = parsed is null ? Empty : new Profile(parsed);
        return parsed is not null;
    }

    /// <summary>The row, to be stored as it is.</summary>
    public byte[] Write() => Row.Bytes.ToArray();

    /// <summary>
    /// Adds an environment. Only after proof, a passed step-up, or an allowed login; the caller sees to it. A verdict that
    /// has taught already changes nothing, so that a repeated request does not count twice.
    /// </summary>
    public Profile Learn(TokenizedEnvironment environment, Lesson lesson)
    {
        var content = ProfileContent.Of(Row);
        if (content.Visits.Exists(visit => visit.Verdict == lesson.Verdict))
            return this;

        Learning.Learn(content, environment, lesson);
        return Of(content);
    }

    /// <summary>Whether exactly this value of a kind is known, finest level and all: that much an allowed login may confirm.</summary>
    public bool Knows(TokenizedEnvironment environment, CharacteristicKind kind) =>
        Learning.IsKnown(ProfileContent.Of(Row).Kinds[(int)kind], environment, CharacteristicCatalog.Of(kind));

    /// <summary>Erases what only this device taught.</summary>
    public Profile Forget(DeviceTag device) => Change(content => Unlearning.Forget(content, device));

    /// <summary>Takes back what these verdicts' logins taught.</summary>
    public Profile Unlearn(IReadOnlyCollection<VerdictTag> verdicts) => Change(content => Unlearning.Unlearn(content, verdicts));

    /// <summary>Erases every kind that needs one of these consents.</summary>
    public Profile WithdrawConsent(SignalConsents withdrawn) => Change(content =>
    {
        foreach (var kind in CharacteristicCatalog.All.Where(kind => (kind.Consent & withdrawn) != SignalConsents.None))
            content.Kinds[(int)kind.Kind].Clear();
    });

    /// <summary>The bound devices whose own identifiers (hardware, board, MAC) this environment names.</summary>
    public IReadOnlyList<DeviceTag> DevicesNamedBy(TokenizedEnvironment environment)
    {
        uint bits = 0;
        foreach (var kind in TokenizedEnvironment.DeviceIdentifiers)
        {
            var token = environment[kind, 0];
            foreach (var entry in Row.EntriesOf(kind))
            {
                if (token.IsPresent && entry.At(0) == token)
                    bits |= entry.Devices;
            }
        }

        return [.. ProfileContent.Of(Row).Devices
            .Where((tag, index) => tag != 0 && (bits & (1U << (index + 1))) != 0)
            .Select(tag => new DeviceTag(tag))];
    }

    /// <summary>
    /// Every device that a call may be of: the one that proved itself, or all that its signals name, by whatever identifier. Whoever
    /// chooses what to name must not choose whose journeys his is compared with.
    /// </summary>
    public IReadOnlyList<DeviceTag> DevicesThatMayBe(TokenizedEnvironment environment, DeviceTag? proven) =>
        proven is { } device ? [device] : [.. environment.NamedDevices, .. DevicesNamedBy(environment)];

    /// <summary>What is known, by kind, without any value: for the person whom it is about.</summary>
    public IReadOnlyList<KnownCharacteristic> Describe() =>
        [.. CharacteristicCatalog.All
            .Select(kind => (kind.Name, Entries: ProfileContent.Of(Row).Kinds[(int)kind.Kind]))
            .Where(known => known.Entries.Count > 0)
            .Select(known => new KnownCharacteristic(
                known.Name,
                known.Entries.Count,
                ProfileDay.ToDate(known.Entries.Min(entry => entry.FirstDay)),
                ProfileDay.ToDate(known.Entries.Max(entry => entry.LastDay))))];

    private static Profile Of(ProfileContent content) => Read(ProfileWriter.Write(content));

    private Profile Change(Action<ProfileContent> change)
    {
        var content = ProfileContent.Of(Row);
        change(content);
        return Of(content);
    }
}

/// <summary>How much is known of one kind.</summary>
/// <param name="Kind">Its name, <c>wifi.network</c>.</param>
/// <param name="Values">How many values.</param>
/// <param name="FirstLearned">The UTC day on which the oldest was learned.</param>
/// <param name="LastSeen">The UTC day on which any was last seen.</param>
public sealed record KnownCharacteristic(string Kind, int Values, DateOnly FirstLearned, DateOnly LastSeen);
