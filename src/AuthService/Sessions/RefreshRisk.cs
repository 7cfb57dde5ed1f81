using AuthService.Ecv.Signals;
using AuthService.Risk;
using AuthService.Security.Keys;
using AuthService.Storage;

namespace AuthService.Sessions;

/// <summary>Judges the surroundings that a refresh comes from, if it brings any. Never learns from them.</summary>
/// <remarks>
/// The refresh token stands for a device token here: this service issued it, to this device, after a login that was allowed or
/// stepped up, and it rotates. So it opens the gate, and what is left to decide is the score. Who is refused and then brings no surroundings
/// is refused still, from that network and for half an hour (<see cref="RefusedRefreshes"/>).
/// </remarks>
internal sealed class RefreshRisk(LoginRisk risk, Database database)
{
    /// <returns>Null if there is nothing to judge.</returns>
    public async Task<Assessment?> AssessAsync(PresentedRefresh presented, AccountKeys keys, CancellationToken cancellationToken)
    {
        if (presented.Environment == CanonicalSignals.Empty)
            return null;

        var proof = presented.Call.Proof is { } shown && shown.Device.AccountId == keys.Account.Value ? shown : null;
        var question = new RiskQuestion(keys, presented.Environment, presented.Call.Network) { Proof = proof, DeviceTokenValid = true };
        return await database.ReadAsync(rows => risk.AssessAsync(rows, question, cancellationToken), cancellationToken);
    }
}
