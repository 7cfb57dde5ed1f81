using AuthService.V1;
using Engine = AuthService.Ecv.Risk;

namespace AuthService.Risk;

/// <summary>Policies as messages, whole; and the message of a change laid over a whole one. As messages they are stored, too.</summary>
public static class PolicyMessages
{
    public static RiskPolicy ToMessage(this DeploymentPolicy policy)
    {
        var engine = policy.Engine;
        return new RiskPolicy
        {
            Version = policy.Version,
            AllowBelow = (int)engine.AllowBelow,
            DenyFrom = (int)engine.DenyFrom,
            ClaimTrustPercent = engine.ClaimTrustPercent,
            Device = ToMessage(engine.Device),
            Place = ToMessage(engine.Place),
            Company = ToMessage(engine.Company),
            Habit = ToMessage(engine.Habit),
            Proof = (int)engine.Proof,
            AttestedProof = (int)engine.AttestedProof,
            DeviceToken = (int)engine.DeviceToken,
            ProofMissing = (int)engine.ProofMissing,
            ChallengeRelayed = (int)engine.ChallengeRelayed,
            NetworkFailuresCap = (int)engine.NetworkFailuresCap,
            FamiliarAfterDays = engine.FamiliarAfterDays,
            SharedFromAccounts = engine.SharedFromAccounts,
            ManyIdentifiersFrom = engine.ManyIdentifiersFrom,
            ManyIdentifiers = (int)engine.ManyIdentifiers,
            AccountFailuresCap = (int)engine.AccountFailuresCap,
            DeviceFailuresCap = (int)engine.DeviceFailuresCap,
            NetworkDenyFrom = (int)engine.NetworkDenyFrom,
            Travel = ToMessage(engine.Travel),
            Conflict = (int)engine.Conflict,
            ConflictsCap = (int)engine.ConflictsCap,
            PlaceClaimTrustPercent = engine.PlaceClaimTrustPercent,
            FailuresForgiven = engine.FailuresForgiven,
            DeviceTokenMargin = (int)engine.DeviceTokenMargin,
            DeviceTokenElsewhereMargin = (int)engine.DeviceTokenElsewhereMargin,
            FamiliarNetworkMargin = (int)engine.FamiliarNetworkMargin,
            CoarseOriginTrustPercent = engine.CoarseOriginTrustPercent,
            MonitorOnly = policy.MonitorOnly,
            StepUp = ToMessage(policy.StepUp),
            Services = new ServiceRules { Services = { policy.Services.OrderBy(own => own.Key, StringComparer.Ordinal).Select(ToMessage) } },
        };
    }

    /// <param name="whole">A message with every field.</param>
    /// <param name="number">Its version.</param>
    public static DeploymentPolicy ToPolicy(this RiskPolicy whole, int number) => new()
    {
        Number = number,
        Engine = new Engine.RiskPolicy
        {
            Version = DeploymentPolicy.VersionOf(number),
            AllowBelow = whole.AllowBelow,
            DenyFrom = whole.DenyFrom,
            ClaimTrustPercent = whole.ClaimTrustPercent,
            Device = ToCaps(whole.Device),
            Place = ToCaps(whole.Place),
            Company = ToCaps(whole.Company),
            Habit = ToCaps(whole.Habit),
            Proof = whole.Proof,
            AttestedProof = whole.AttestedProof,
            DeviceToken = whole.DeviceToken,
            ProofMissing = whole.ProofMissing,
            ChallengeRelayed = whole.ChallengeRelayed,
            NetworkFailuresCap = whole.NetworkFailuresCap,
            FamiliarAfterDays = whole.FamiliarAfterDays,
            SharedFromAccounts = whole.SharedFromAccounts,
            ManyIdentifiersFrom = whole.ManyIdentifiersFrom,
            ManyIdentifiers = whole.ManyIdentifiers,
            AccountFailuresCap = whole.AccountFailuresCap,
            DeviceFailuresCap = whole.DeviceFailuresCap,
            NetworkDenyFrom = whole.NetworkDenyFrom,
            Travel = ToScale(whole.Travel),
            Conflict = whole.Conflict,
            ConflictsCap = whole.ConflictsCap,
            PlaceClaimTrustPercent = whole.PlaceClaimTrustPercent,
            FailuresForgiven = whole.FailuresForgiven,
            DeviceTokenMargin = whole.DeviceTokenMargin,
            DeviceTokenElsewhereMargin = whole.DeviceTokenElsewhereMargin,
            FamiliarNetworkMargin = whole.FamiliarNetworkMargin,
            CoarseOriginTrustPercent = whole.CoarseOriginTrustPercent,
        },
        MonitorOnly = whole.MonitorOnly,
        StepUp = new StepUpRules(
            [.. whole.StepUp.Bands.Select(band => new StepUpBand(band.FromScore, [.. band.Factors.Distinct().Order()]))],
            whole.StepUp.KeyAgainstRelays,
            whole.StepUp.WeakerIfNone),
        Services = whole.Services.Services.ToDictionary(
            own => own.Service,
            own => new ServiceThresholds(own.HasAllowBelow ? own.AllowBelow : null, own.HasDenyFrom ? own.DenyFrom : null),
            StringComparer.Ordinal),
    };

    /// <summary>
    /// What a change leaves out stays as it is: so a file that knows less than this build (of an older authctl, or kept by an older
    /// build) takes nothing back. Lists are replaced whole.
    /// </summary>
    public static RiskPolicy Over(this RiskPolicy change, DeploymentPolicy basis)
    {
        var whole = basis.ToMessage();
        if (change.StepUp?.Bands.Count > 0)
            whole.StepUp.Bands.Clear();
        if (change.Services is not null)
            whole.Services.Services.Clear();
        whole.MergeFrom(change);
        return whole;
    }

    private static GroupCaps ToMessage(Engine.GroupCaps caps) => new() { Trust = (int)caps.Trust, Doubt = (int)caps.Doubt };

    private static Engine.GroupCaps ToCaps(GroupCaps caps) => new(caps.Trust, caps.Doubt);

    private static TravelScale ToMessage(Engine.TravelScale travel) => new()
    {
        FreeKmh = travel.FreeKmh,
        FastKmh = travel.FastKmh,
        ImpossibleKmh = travel.ImpossibleKmh,
        Fast = (int)travel.Fast,
        Impossible = (int)travel.Impossible,
    };

    private static Engine.TravelScale ToScale(TravelScale travel) => new()
    {
        FreeKmh = travel.FreeKmh,
        FastKmh = travel.FastKmh,
        ImpossibleKmh = travel.ImpossibleKmh,
        Fast = travel.Fast,
        Impossible = travel.Impossible,
    };

    private static V1.StepUpRules ToMessage(StepUpRules rules) => new()
    {
        Bands = { rules.Bands.Select(band => new V1.StepUpBand { FromScore = (int)band.FromScore, Factors = { band.Factors } }) },
        KeyAgainstRelays = rules.KeyAgainstRelays,
        WeakerIfNone = rules.WeakerIfNone,
    };

    private static V1.ServiceThresholds ToMessage(KeyValuePair<string, ServiceThresholds> own)
    {
        var message = new V1.ServiceThresholds { Service = own.Key };
        if (own.Value.AllowBelow is { } allowBelow)
            message.AllowBelow = (int)allowBelow;
        if (own.Value.DenyFrom is { } denyFrom)
            message.DenyFrom = (int)denyFrom;
        return message;
    }
}
