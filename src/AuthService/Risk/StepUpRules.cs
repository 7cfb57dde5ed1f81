using AuthService.V1;
using EvidenceCode = AuthService.Ecv.Risk.EvidenceCode;
using RiskVerdict = AuthService.Ecv.Risk.RiskVerdict;

namespace AuthService.Risk;

/// <summary>The factors that suffice from a score on, in millibits.</summary>
public sealed record StepUpBand(long FromScore, IReadOnlyList<FactorKind> Factors);

/// <summary>What the risk of a login asks of its step-up.</summary>
/// <param name="Factors">Any one of them suffices.</param>
/// <param name="Relay">Whether evidence points to somebody between the person and this service, who would pass a code on.</param>
public sealed record StepUpDemand(IReadOnlyList<FactorKind> Factors, bool Relay);

/// <summary>Which factors complete the step-up of a login.</summary>
/// <param name="Bands">Ascending; what scores below the first is in the first.</param>
/// <param name="KeyAgainstRelays">Whether only a bound key will do where evidence points to a relay, on an account that has one.</param>
/// <param name="WeakerIfNone">Whether an account with none of its band's factors may use those it has.</param>
public sealed record StepUpRules(IReadOnlyList<StepUpBand> Bands, bool KeyAgainstRelays, bool WeakerIfNone)
{
    /// <summary>Those that a policy may name: approvals and passkeys are not offered yet.</summary>
    public static readonly IReadOnlyList<FactorKind> Offered =
        [FactorKind.EmailCode, FactorKind.SmsCode, FactorKind.Totp, FactorKind.RecoveryCode, FactorKind.DeviceKey];

    /// <summary>
    /// A known phone somewhere new stays below 10 bits, a new phone somewhere new does not, nor does a stranger (ADR 2, start values):
    /// from there on a code in a mailbox, which the stranger may hold too, is not enough for who has something better.
    /// </summary>
    public static StepUpRules Default { get; } = new(
        [
            new StepUpBand(-1_000_000, Offered),
            new StepUpBand(10_000, [FactorKind.Totp, FactorKind.RecoveryCode, FactorKind.DeviceKey]),
        ],
        KeyAgainstRelays: true,
        WeakerIfNone: true);

    public StepUpDemand DemandOf(RiskVerdict verdict)
    {
        var band = Bands.LastOrDefault(band => band.FromScore <= verdict.ScoreMillibits) ?? Bands[0];
        return new StepUpDemand(band.Factors, KeyAgainstRelays && PointsToRelay(verdict));
    }

    /// <summary>A challenge from another network. One that was merely slow points nowhere: whoever signs takes the time he likes.</summary>
    private static bool PointsToRelay(RiskVerdict verdict) =>
        verdict.Evidence.Any(line => line.Millibits > 0 && line.Code == EvidenceCode.ChallengeRelayed);
}
