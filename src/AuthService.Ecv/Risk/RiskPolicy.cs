namespace AuthService.Ecv.Risk;

/// <summary>Thresholds, weights and caps, as data. The defaults are start values, argued in docs/adr/0002-evidence-in-bits.md.</summary>
public sealed record RiskPolicy
{
    public static RiskPolicy Default { get; } = new();

    /// <summary>The accounts on a network are counted so far and no further.</summary>
    public const int MostAccountsCounted = 20;

    public string Version { get; init; } = "1";

    /// <summary>A score below this, and an open gate, is <see cref="Decision.Allow"/>. Millibits.</summary>
    public long AllowBelow { get; init; } = -12_000;

    /// <summary>
    /// How much further below the score must be where a device token opens the gate, on a network that the account has used: unlike a
    /// key, whoever steals it has it. Millibits.
    /// </summary>
    public long DeviceTokenMargin { get; init; } = 17_000;

    /// <summary>
    /// The same on any other network: more than all that is copied with a token earns, so that a thief needs a network of the owner's
    /// besides. Millibits.
    /// </summary>
    public long DeviceTokenElsewhereMargin { get; init; } = 21_000;

    /// <summary>The same where a familiar network does: whoever lives there has it too, so more than the place earns. Millibits.</summary>
    public long FamiliarNetworkMargin { get; init; } = 13_000;

    /// <summary>
    /// A score from this on is <see cref="Decision.Deny"/>. Millibits. Above the sum of what the groups may doubt, so that
    /// surroundings alone never turn anybody away: somebody in a hotel's lobby, at the hotel's computer, is asked for more.
    /// </summary>
    public long DenyFrom { get; init; } = 48_000;

    /// <summary>
    /// What trust that a bare claim earns is worth, in percent of proven or observed trust. How easily a model is guessed its statistics
    /// say already; whoever copied an identifier stands before the gate all the same.
    /// </summary>
    public int ClaimTrustPercent { get; init; } = 100;

    /// <summary>
    /// The same for claims of a place that need not be read nearby. Statistics do not price those: whoever aims at somebody knows the city.
    /// </summary>
    public int PlaceClaimTrustPercent { get; init; } = 25;

    /// <summary>
    /// What trust an observed network earns of which only the operator or the country is known, in percent, where a device token opened the
    /// gate: its thief can rent a line there. Where no gate is open that trust lets nobody in, and tells the owner from strangers.
    /// </summary>
    public int CoarseOriginTrustPercent { get; init; }

    public GroupCaps Device { get; init; } = new(Trust: -16_000, Doubt: 18_000);

    public GroupCaps Place { get; init; } = new(Trust: -24_000, Doubt: 18_000);

    public GroupCaps Company { get; init; } = new(Trust: -8_000, Doubt: 6_000);

    public GroupCaps Habit { get; init; } = new(Trust: -500, Doubt: 500);

    /// <summary>A valid proof by a bound key. Millibits.</summary>
    public long Proof { get; init; } = -24_000;

    /// <summary>A valid proof by a bound key with a verified attestation. Millibits.</summary>
    public long AttestedProof { get; init; } = -28_000;

    /// <summary>A valid device token. Millibits.</summary>
    public long DeviceToken { get; init; } = -8_000;

    /// <summary>Signals that name a device with a bound key, unsigned. Millibits.</summary>
    public long ProofMissing { get; init; } = 6_000;

    /// <summary>A challenge that came back from another network. Millibits.</summary>
    public long ChallengeRelayed { get; init; } = 8_000;

    /// <summary>So many failures of an account, a device or a network within an hour say nothing: people mistype, and try again.</summary>
    public int FailuresForgiven { get; init; } = 5;

    /// <summary>At most this for failures from the network: 2·log₂(1 + failures beyond those forgiven) before. Millibits.</summary>
    public long NetworkFailuresCap { get; init; } = 12_000;

    /// <summary>So many identifiers failing from a network within ten minutes are <see cref="ManyIdentifiers"/>.</summary>
    public int ManyIdentifiersFrom { get; init; } = 5;

    /// <summary>Many identifiers failed from the network: somebody tries a list. Millibits.</summary>
    public long ManyIdentifiers { get; init; } = 8_000;

    /// <summary>At most this for failures on the account: strangers can bring them about, so they must not outweigh its owner's key. Millibits.</summary>
    public long AccountFailuresCap { get; init; } = 4_000;

    /// <summary>At most this for failures of a device that proved itself. Millibits.</summary>
    public long DeviceFailuresCap { get; init; } = 6_000;

    /// <summary>
    /// A login whose network alone says so much is refused whatever the account, before its secret is looked at. Millibits. By
    /// default both its failures and the identifiers it tried are at their worst.
    /// </summary>
    public long NetworkDenyFrom { get; init; } = 20_000;

    /// <summary>How fast a device may have travelled, and what more is worth.</summary>
    public TravelScale Travel { get; init; } = new();

    /// <summary>Two signals that cannot both be true; for each. Millibits.</summary>
    public long Conflict { get; init; } = 4_000;

    /// <summary>At most this for all conflicts. Millibits.</summary>
    public long ConflictsCap { get; init; } = 12_000;

    /// <summary>A network is familiar after this many earlier days. 1 or 2.</summary>
    public int FamiliarAfterDays { get; init; } = 2;

    /// <summary>From this many accounts on, a network is too shared to be anybody's. At most <see cref="MostAccountsCounted"/>.</summary>
    public int SharedFromAccounts { get; init; } = 20;

    /// <summary>Below what a score must be to be allowed through this gate; through a shut one nothing is.</summary>
    /// <param name="gate">What opened.</param>
    /// <param name="isKnownNetwork">Whether the account has used the network, to the /24 or /48.</param>
    public long AllowBelowAt(Gate gate, bool isKnownNetwork) => AllowBelow - gate switch
    {
        Gate.DeviceToken => isKnownNetwork ? DeviceTokenMargin : DeviceTokenElsewhereMargin,
        Gate.FamiliarNetwork => FamiliarNetworkMargin,
        _ => 0,
    };

    /// <summary>What contradicts itself or goes the wrong way, one sentence each; empty when the policy can be used.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        Require(Version.Length is > 0 and <= 64, "Version has 1 to 64 characters.");
        Require(DeviceTokenMargin >= 0 && DeviceTokenElsewhereMargin >= 0 && FamiliarNetworkMargin >= 0,
            "DeviceTokenMargin, DeviceTokenElsewhereMargin and FamiliarNetworkMargin are 0 or more.");
        Require(AllowBelowAt(Gate.FamiliarNetwork, isKnownNetwork: true) <= Place.Trust + Habit.Trust,
            "FamiliarNetworkMargin puts AllowBelow at what place and habit earn together, or below: who lives there has those.");
        Require(AllowBelowAt(Gate.DeviceToken, isKnownNetwork: false) <= DeviceToken + Device.Trust + Company.Trust + Habit.Trust,
            "DeviceTokenElsewhereMargin puts AllowBelow at what a token, device, company and habit earn together, or below: those are copied.");
        Require(AllowBelow < DenyFrom, "AllowBelow is below DenyFrom.");
        Require(ClaimTrustPercent is >= 0 and <= 100, "ClaimTrustPercent is from 0 to 100.");
        Require(PlaceClaimTrustPercent is >= 0 and <= 100, "PlaceClaimTrustPercent is from 0 to 100.");
        Require(CoarseOriginTrustPercent is >= 0 and <= 100, "CoarseOriginTrustPercent is from 0 to 100.");
        Require(FailuresForgiven >= 0, "FailuresForgiven is 0 or more.");
        Require(Proof <= 0 && AttestedProof <= 0 && DeviceToken <= 0, "Proof, AttestedProof and DeviceToken are 0 or less.");
        Require(ProofMissing >= 0 && ChallengeRelayed >= 0 && NetworkFailuresCap >= 0,
            "ProofMissing, ChallengeRelayed and NetworkFailuresCap are 0 or more.");
        Require(ManyIdentifiersFrom >= 2, "ManyIdentifiersFrom is 2 or more.");
        Require(ManyIdentifiers >= 0 && AccountFailuresCap >= 0 && DeviceFailuresCap >= 0,
            "ManyIdentifiers, AccountFailuresCap and DeviceFailuresCap are 0 or more.");
        Require(NetworkDenyFrom > 0, "NetworkDenyFrom is above 0.");
        Require(Travel.IsRising, "Travel rises: 0 <= FreeKmh < FastKmh < ImpossibleKmh, and 0 <= Fast <= Impossible.");
        Require(Conflict >= 0 && ConflictsCap >= 0, "Conflict and ConflictsCap are 0 or more.");
        Require(FamiliarAfterDays is 1 or 2, "FamiliarAfterDays is 1 or 2.");
        Require(SharedFromAccounts is >= 1 and <= MostAccountsCounted, "SharedFromAccounts is from 1 to 20: further, nobody counts.");
        foreach (var caps in (ReadOnlySpan<GroupCaps>)[Device, Place, Company, Habit])
            Require(caps is { Trust: <= 0, Doubt: >= 0 }, "A group's Trust is 0 or less and its Doubt 0 or more.");
        return problems;

        void Require(bool holds, string sentence)
        {
            if (!holds && !problems.Contains(sentence))
                problems.Add(sentence);
        }
    }
}

/// <summary>The most that one group may say, in millibits.</summary>
/// <param name="Trust">At most this much trust; 0 or less.</param>
/// <param name="Doubt">At most this much doubt; 0 or more.</param>
public sealed record GroupCaps(long Trust, long Doubt);

/// <summary>What a speed says: nothing up to <see cref="FreeKmh"/>, then linear from knot to knot, and no more beyond the last.</summary>
public sealed record TravelScale
{
    /// <summary>Trains and short flights. km/h.</summary>
    public int FreeKmh { get; init; } = 500;

    /// <summary>An airliner, door to door. km/h.</summary>
    public int FastKmh { get; init; } = 900;

    /// <summary>Nobody. km/h.</summary>
    public int ImpossibleKmh { get; init; } = 2_000;

    /// <summary>At <see cref="FastKmh"/>. Millibits.</summary>
    public long Fast { get; init; } = 6_000;

    /// <summary>From <see cref="ImpossibleKmh"/> on. Millibits.</summary>
    public long Impossible { get; init; } = 12_000;

    internal bool IsRising => FreeKmh >= 0 && FreeKmh < FastKmh && FastKmh < ImpossibleKmh && Fast >= 0 && Fast <= Impossible;

    internal long Millibits(int kmh) => kmh switch
    {
        _ when kmh <= FreeKmh => 0,
        _ when kmh < FastKmh => Fast * (kmh - FreeKmh) / (FastKmh - FreeKmh),
        _ when kmh < ImpossibleKmh => Fast + ((Impossible - Fast) * (kmh - FastKmh) / (ImpossibleKmh - FastKmh)),
        _ => Impossible,
    };
}
