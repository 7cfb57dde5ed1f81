using AuthService.Ecv.Places;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.Environments;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Network;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Hot;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Risk;

/// <summary>What accounts have taught of their surroundings, and how they are taught.</summary>
public sealed class Profiles(
    KeptEnvironments kept, ConnectionObserver observer, PopulationStatistics population, SharedNetworks sharedNetworks)
{
    private const string WhereaboutsField = "whereabouts";

    /// <summary>
    /// What an account's logins have taught, and where its devices were in the last 48 hours; empty for one that has taught nothing yet.
    /// </summary>
    public static async Task<(Profile Profile, Whereabouts Whereabouts)> LoadAsync(
        AuthDbContext rows, AccountKeys keys, CancellationToken cancellationToken) =>
        await rows.Profiles.Where(row => row.AccountId == keys.Account.Value)
            .Select(row => new { row.Profile, row.WhereaboutsSealed })
            .SingleOrDefaultAsync(cancellationToken) is { } learned
            ? (Profile.Read(learned.Profile), Open(keys, learned.WhereaboutsSealed))
            : (Profile.Empty, Whereabouts.Unknown);

    /// <summary>
    /// The surroundings of a sign-up, sealed under the account's data key, to be learned when the contact is verified. What the
    /// person did not consent to is not in it.
    /// </summary>
    public byte[] Keep(AccountKeys keys, CanonicalSignals signals, SignalConsents consents, Call call, DateTimeOffset now)
    {
        using var key = new EcvKey(keys.EcvKey);
        var observation = observer.Observe(call.Network, now);
        var environment = Tokenizer.Tokenize(key, signals, consents, observation);
        return kept.Seal(keys, new ShownSurroundings(
            environment,
            Whereabouts.Unknown.See(SeenPlaces.Of(signals, consents, observation), environment.NamedDevices, now),
            population.Tokenize(signals, consents, observation)));
    }

    /// <summary>Learns what was kept, when what it waited for has happened: in a call from the same network.</summary>
    public async Task LearnKeptAsync(
        Work work, AccountKeys keys, byte[] environment, Lesson lesson, ClientNetwork network, CancellationToken cancellationToken)
    {
        using var key = new EcvKey(keys.EcvKey);
        var shown = kept.Open(keys, environment);
        var observed = Tokenizer.AddObservation(key, shown.Environment, observer.Observe(network, work.Now));
        await LearnAsync(work, keys, shown with { Environment = observed }, lesson, network, cancellationToken);
    }

    /// <summary>Learns what <see cref="Keep"/> kept: the contact is verified.</summary>
    public Task LearnSignUpAsync(
        Work work, AccountKeys keys, byte[] environment, string verificationId, ClientNetwork network, CancellationToken cancellationToken) =>
        LearnKeptAsync(
            work, keys, environment, new Lesson(VerdictTag.Of(verificationId), work.Now, LearnedHow.SignUp, Device: null), network, cancellationToken);

    /// <summary>Learns an environment. Only after proof, a passed step-up, or an allowed login: the caller sees to it.</summary>
    public async Task LearnAsync(
        Work work, AccountKeys keys, ShownSurroundings shown, Lesson lesson, ClientNetwork network, CancellationToken cancellationToken)
    {
        var (_, taught, row) = await ChangeAsync(work, keys.Account, profile => profile.Learn(shown.Environment, lesson), cancellationToken);
        if (lesson.How == LearnedHow.Allow)
            shown = shown.ConfirmedBy(taught);
        await sharedNetworks.NoteAsync(work, network, keys.Account, cancellationToken);
        work.AfterCommit(() => population.Count(shown.Population, keys.Account, work.Now));
        if (shown.Sighting.IsEmpty)
            return;

        row.WhereaboutsSealed = Sealing.Seal(keys, WhereaboutsField, Open(keys, row.WhereaboutsSealed).Merge(shown.Sighting, work.Now).Write());
        row.WhereaboutsUntil = work.Now + Whereabouts.Kept;
    }

    private static Whereabouts Open(AccountKeys keys, byte[]? box) =>
        box is not null && Sealing.TryOpen(keys, WhereaboutsField, box, out var bytes) ? Whereabouts.Read(bytes) : Whereabouts.Unknown;

    /// <summary>Erases what only this device taught.</summary>
    /// <returns>How many entries went.</returns>
    public static async Task<int> ForgetDeviceAsync(Work work, AccountId account, DeviceId device, CancellationToken cancellationToken)
    {
        var (before, after, _) = await ChangeAsync(work, account, profile => profile.Forget(DeviceTag.Of(device.Value)), cancellationToken);
        return Values(before) - Values(after);
    }

    /// <summary>Takes back what these logins taught, and forgets where the devices were: nobody knows which of the places were the owner's.</summary>
    /// <param name="verdictIds">Under which they stand in the audit log.</param>
    /// <returns>How many entries went.</returns>
    public static async Task<int> UnlearnAsync(
        Work work, AccountId account, IEnumerable<string> verdictIds, CancellationToken cancellationToken)
    {
        VerdictTag[] doubted = [.. verdictIds.Select(VerdictTag.Of)];
        var (before, after, row) = await ChangeAsync(work, account, profile => profile.Unlearn(doubted), cancellationToken);
        (row.WhereaboutsSealed, row.WhereaboutsUntil) = (null, null);
        return Values(before) - Values(after);
    }

    private static int Values(Profile profile) => profile.Describe().Sum(known => known.Values);

    /// <returns>Also the row, which is written with what it holds at the end of the transaction.</returns>
    private static async Task<(Profile Before, Profile After, ProfileRow Row)> ChangeAsync(
        Work work, AccountId account, Func<Profile, Profile> change, CancellationToken cancellationToken)
    {
        var stored = await work.FindAsync(statements => statements.SelectProfile, account.Value, ProfileColumns.Read, cancellationToken);
        var before = stored is null ? Profile.Empty : Profile.Read(stored.Profile);
        var after = change(before);
        var row = stored ?? new ProfileRow { AccountId = account.Value, Profile = [] };
        (row.Profile, row.UpdatedAt) = (after.Write(), work.Now);
        work.Write(statements => statements.PutProfile, row);
        return (before, after, row);
    }
}
