namespace AuthService.Ecv.Risk;

/// <summary>What entitles a call to be allowed at all. No claim is among it.</summary>
internal static class Gates
{
    public static Gate Of(VerdictRecord record, RiskPolicy policy)
    {
        // The proof is the owner's, and somebody stands between: what he carries opens nothing. An app whose network changed between
        // challenge and answer asks for another challenge.
        if (record.Facts.ChallengeRelayed)
            return Gate.Shut;

        if (record.Facts.Proof >= ProofState.Valid)
            return Gate.Key;

        if (record.Facts.DeviceTokenValid)
            return Gate.DeviceToken;

        var isFamiliar = record.EarlierDays >= policy.FamiliarAfterDays
            && !FamiliarNetwork.IsShared(record.NetworkClass)
            && record.Facts.AccountsOnNetwork < policy.SharedFromAccounts;
        return isFamiliar ? Gate.FamiliarNetwork : Gate.Shut;
    }
}
