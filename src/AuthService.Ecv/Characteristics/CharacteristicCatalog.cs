using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Characteristics;

/// <summary>How the values of a kind are compared.</summary>
public enum Comparison
{
    /// <summary>Levels from coarse to fine, each equal or not.</summary>
    Chain,

    /// <summary>A chain whose finer levels are versions: newer is no mismatch, older is evidence.</summary>
    Version,

    /// <summary>A chain of cells, compared with their neighbourhood.</summary>
    Cells,

    /// <summary>A set, compared by likeness.</summary>
    Set,
}

/// <summary>One kind of characteristic: its name, group, consent and levels, from coarse to fine.</summary>
public sealed record Characteristic(
    CharacteristicKind Kind,
    string Name,
    CharacteristicGroup Group,
    SignalConsents Consent,
    Comparison Comparison,
    IReadOnlyList<CharacteristicLevel> Levels)
{
    /// <summary>
    /// Whether it says where somebody is and, at its finest level, is read only from within reach of its Wi-Fi. A mobile cell is not:
    /// its number is public.
    /// </summary>
    public bool IsReadNearby => Kind is CharacteristicKind.WifiNetwork or CharacteristicKind.WifiScene;
}

/// <summary>One level of a kind.</summary>
/// <param name="Name">"country", "asn", "prefix".</param>
/// <param name="Prior">π of docs/ecv.md: how likely somebody else has this value, given the same parent. In units of 2⁻³².</param>
/// <param name="HasStatistics">Whether the population is counted; if not, the prior always decides.</param>
public sealed record CharacteristicLevel(string Name, ulong Prior, bool HasStatistics);

/// <summary>All kinds. This table and docs/ecv.md say the same; a test compares them.</summary>
public static class CharacteristicCatalog
{
    /// <summary>The most levels that a kind has.</summary>
    public const int MaxLevels = 3;

    /// <summary>One more than the highest kind's number.</summary>
    public const int KindCount = 17;

    /// <summary>One, in units of 2⁻³².</summary>
    public const ulong Certain = 1UL << 32;

    /// <summary>2⁻¹⁶: kinds whose values are practically unique. Telling them apart further would only feed overconfidence.</summary>
    private const ulong PracticallyUnique = Certain >> 16;

    private static readonly Characteristic[] ByKind = Build();

    /// <summary>All kinds, in the order of their numbers.</summary>
    public static IReadOnlyList<Characteristic> All { get; } = ByKind[1..];

    public static Characteristic Of(CharacteristicKind kind) => ByKind[(int)kind];

    /// <summary>The group's name, as in verdicts.</summary>
    public static string NameOf(CharacteristicGroup group) => group switch
    {
        CharacteristicGroup.Device => "device",
        CharacteristicGroup.Place => "place",
        CharacteristicGroup.Company => "company",
        CharacteristicGroup.Habit => "habit",
        _ => throw new ArgumentOutOfRangeException(nameof(group)),
    };

    private static Characteristic[] Build()
    {
        const SignalConsents device = SignalConsents.DeviceIdentification;
        const SignalConsents wifi = SignalConsents.WifiEnvironment;
        const SignalConsents place = SignalConsents.Location;
        const SignalConsents none = SignalConsents.None;
        const Comparison chain = Comparison.Chain;

        var kinds = new Characteristic[KindCount];
        Add(CharacteristicKind.DeviceHardware, "device.hardware", CharacteristicGroup.Device, device, chain, Unique("exact"));
        Add(CharacteristicKind.DeviceBoard, "device.board", CharacteristicGroup.Device, device, chain, Unique("exact"));
        Add(CharacteristicKind.DeviceName, "device.name", CharacteristicGroup.Device, device, chain, Counted("exact", 0.004));
        Add(CharacteristicKind.DeviceMac, "device.mac", CharacteristicGroup.Device, device, chain, Unique("exact"));
        Add(CharacteristicKind.DeviceModel, "device.model", CharacteristicGroup.Device, device, chain,
            Counted("manufacturer", 0.2), Counted("model", 0.05));
        Add(CharacteristicKind.DeviceOs, "device.os", CharacteristicGroup.Device, device, Comparison.Version,
            Counted("name", 0.4), Counted("major", 0.25), Counted("full", 0.2));
        Add(CharacteristicKind.WifiNetwork, "wifi.network", CharacteristicGroup.Place, wifi, chain,
            Counted("ssid", 0.0002), Unique("bssid"));
        Add(CharacteristicKind.WifiScene, "wifi.scene", CharacteristicGroup.Place, wifi, Comparison.Set, Unique("set"));
        Add(CharacteristicKind.PlaceRegion, "place.region", CharacteristicGroup.Place, place, chain,
            Counted("country", 0.43), Counted("city", 0.05));
        Add(CharacteristicKind.PlaceCell, "place.cell", CharacteristicGroup.Place, place, chain,
            Counted("operator", 0.25), Unique("cell"));
        // No statistics for places on the grid: a P that changes at a cell's border would be a cliff (invariant 7).
        Add(CharacteristicKind.PlaceGeo, "place.geo", CharacteristicGroup.Place, place, Comparison.Cells,
            Fixed("geohash4", 1.0 / 64), Fixed("geohash5", 1.0 / 16), Fixed("geohash6", 1.0 / 16));
        Add(CharacteristicKind.NetworkOrigin, "network.origin", CharacteristicGroup.Place, none, chain,
            Counted("country", 0.43), Counted("asn", 0.33), Counted("prefix", 0.0028));
        Add(CharacteristicKind.AccountCompany, "account.company", CharacteristicGroup.Company, device, Comparison.Set, Unique("set"));
        Add(CharacteristicKind.Language, "language", CharacteristicGroup.Habit, none, chain, Counted("exact", 0.4));
        Add(CharacteristicKind.TimeHabit, "time.habit", CharacteristicGroup.Habit, none, chain, Counted("exact", 1.0 / 12));
        // How long a challenge takes to come back, in doublings: the neighbours count too, since nobody's network keeps to a line.
        Add(CharacteristicKind.ConnectionDelay, "connection.delay", CharacteristicGroup.Habit, none, Comparison.Cells, Fixed("doubling", 1.0 / 6));
        return kinds;

        void Add(CharacteristicKind kind, string name, CharacteristicGroup group, SignalConsents consent, Comparison comparison,
            params CharacteristicLevel[] levels) =>
            kinds[(int)kind] = new Characteristic(kind, name, group, consent, comparison, levels);

        static CharacteristicLevel Unique(string name) => new(name, PracticallyUnique, HasStatistics: false);
        static CharacteristicLevel Counted(string name, double prior) => new(name, (ulong)(prior * Certain), HasStatistics: true);
        static CharacteristicLevel Fixed(string name, double prior) => new(name, (ulong)(prior * Certain), HasStatistics: false);
    }
}
