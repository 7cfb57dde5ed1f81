using System.Collections.Immutable;
using AuthService.Ecv.Characteristics;

namespace AuthService.Ecv.Risk;

/// <summary>What might have been otherwise. Numbers as in ecv_service.proto.</summary>
public enum Change
{
    Unspecified = 0,

    /// <summary>A bound key, past its probation, had signed the call.</summary>
    ProofValid = 1,

    /// <summary>A valid device token had come with it.</summary>
    DeviceToken = 2,

    /// <summary>It had come from a network of the account's own.</summary>
    FamiliarNetwork = 3,

    /// <summary>One characteristic had said nothing. Another of its group may speak for it then.</summary>
    LineAbsent = 4,

    /// <summary>Everything in one group had been what the account always uses.</summary>
    GroupKnown = 5,
}

/// <summary>What would have been decided if one thing had been otherwise.</summary>
/// <param name="Change">What.</param>
/// <param name="Subject">The characteristic or the group that it is about; empty for the others.</param>
/// <param name="Verdict">The verdict then.</param>
public sealed record Counterfactual(Change Change, string Subject, RiskVerdict Verdict);

/// <summary>
/// Explains a verdict by its neighbours: changes one thing in the record and judges again. Nothing is estimated, each answer is the
/// engine's own (Wachter, Mittelstadt and Russell 2017: counterfactuals explain a decision without opening the model).
/// </summary>
public static class WhatIf
{
    /// <summary>What would have helped, entitlements first; then what spoke against, each taken away.</summary>
    public static ImmutableArray<Counterfactual> Of(VerdictRecord record, RiskPolicy policy)
    {
        var found = ImmutableArray.CreateBuilder<Counterfactual>();
        var facts = record.Facts;
        if (facts.Proof < ProofState.Valid)
            Add(Change.ProofValid, "", Alternatives.WithProof(record));
        if (!facts.DeviceTokenValid)
            Add(Change.DeviceToken, "", record with { Facts = facts with { DeviceTokenValid = true } });
        if (Gates.Of(record with { Facts = facts with { Proof = ProofState.None, DeviceTokenValid = false } }, policy) == Gate.Shut)
            Add(Change.FamiliarNetwork, "", Alternatives.FromFamiliarNetwork(record));

        var doubts = RiskEngine.Replay(record, policy).Evidence.Where(line => line is { Counted: true, Millibits: > 0 }).ToList();
        foreach (var line in doubts.Select(line => line.Characteristic).Distinct(StringComparer.Ordinal))
            Add(Change.LineAbsent, line, Alternatives.Without(record, line));
        foreach (var group in doubts.Select(line => line.Group).Where(group => group.Length > 0).Distinct(StringComparer.Ordinal))
            Add(Change.GroupKnown, group, Alternatives.WithKnown(record, group));
        return found.DrainToImmutable();

        void Add(Change change, string subject, VerdictRecord instead) =>
            found.Add(new Counterfactual(change, subject, RiskEngine.Replay(instead, policy)));
    }
}
