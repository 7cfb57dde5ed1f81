using AuthService.Ecv.Signals;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Environments;

/// <summary>Which signals a person lets be used. Decides before anything is tokenised.</summary>
public static class Consents
{
    /// <summary>What is granted for the account as a whole and not withdrawn.</summary>
    public static async Task<SignalConsents> OfAsync(AuthDbContext rows, AccountId account, CancellationToken cancellationToken) =>
        ToSignals(await rows.Consents
            .Where(row => row.AccountId == account.Value && row.DeviceId == "" && row.WithdrawnAt == null)
            .Select(row => (ConsentPurpose)row.Purpose)
            .ToListAsync(cancellationToken));

    /// <summary>The purposes that signals are used for.</summary>
    public static IReadOnlyList<ConsentPurpose> OfSignals { get; } =
        [ConsentPurpose.DeviceIdentification, ConsentPurpose.WifiEnvironment, ConsentPurpose.Location];

    public static SignalConsents ToSignals(IEnumerable<ConsentPurpose> purposes) => purposes.Aggregate(
        SignalConsents.None,
        (consents, purpose) => consents | purpose switch
        {
            ConsentPurpose.DeviceIdentification => SignalConsents.DeviceIdentification,
            ConsentPurpose.WifiEnvironment => SignalConsents.WifiEnvironment,
            ConsentPurpose.Location => SignalConsents.Location,
            _ => SignalConsents.None,
        });
}
