using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>A model that many people have.</summary>
/// <param name="Manufacturer">As the platform tells it.</param>
/// <param name="Name">As the platform tells it.</param>
/// <param name="Marketing">As shops call it, and as its owner leaves it named.</param>
/// <param name="Os">Its system.</param>
/// <param name="Weight">How popular it is; within a list they follow Zipf's law, roughly.</param>
internal sealed record DeviceModel(string Manufacturer, string Name, string Marketing, string Os, double Weight)
{
    private const int UnknownMakers = 40;

    public static IReadOnlyList<DeviceModel> Phones { get; } =
    [
        Apple("iPhone12,1", "iPhone 11", 9), Apple("iPhone11,8", "iPhone XR", 8), Apple("iPhone10,4", "iPhone 8", 7), Apple("iPhone12,5", "iPhone 11 Pro", 5),
        Apple("iPhone9,3", "iPhone 7", 5), Apple("iPhone10,6", "iPhone X", 4), Apple("iPhone12,8", "iPhone SE", 3), Apple("iPhone8,1", "iPhone 6s", 2),
        Android("samsung", "SM-G973F", "Galaxy S10", 6), Android("samsung", "SM-G960F", "Galaxy S9", 5), Android("samsung", "SM-G950F", "Galaxy S8", 4),
        Android("samsung", "SM-A505FN", "Galaxy A50", 5), Android("samsung", "SM-A405FN", "Galaxy A40", 4), Android("samsung", "SM-G981B", "Galaxy S20", 3),
        Android("samsung", "SM-A515F", "Galaxy A51", 3), Android("samsung", "SM-G930F", "Galaxy S7", 2), Android("HUAWEI", "VOG-L29", "P30 Pro", 3),
        Android("HUAWEI", "ELE-L29", "P30", 3), Android("HUAWEI", "ANE-LX1", "P20 lite", 3), Android("HUAWEI", "CLT-L29", "P20 Pro", 2),
        Android("Xiaomi", "Redmi Note 8", "Redmi Note 8", 3), Android("Xiaomi", "Redmi Note 7", "Redmi Note 7", 2), Android("Xiaomi", "MI 9", "Mi 9", 2),
        Android("OnePlus", "ONEPLUS A6003", "OnePlus 6", 2), Android("OnePlus", "GM1913", "OnePlus 7 Pro", 2), Android("Google", "Pixel 3a", "Pixel 3a", 1),
        Android("Google", "Pixel 4", "Pixel 4", 1), Android("Sony", "G8341", "Xperia XZ1", 1), Android("motorola", "moto g(7)", "moto g7", 1),
        Android("Nokia", "TA-1012", "Nokia 8", 1), .. Enumerable.Range(0, UnknownMakers).Select(rank => Android($"Maker{rank % 9}", $"M{rank}", $"M{rank}", 8.0 / (rank + 9))),
    ];

    public static IReadOnlyList<DeviceModel> Tablets { get; } =
        [new("Apple", "iPad7,5", "iPad", "iOS", 4), new("Apple", "iPad11,3", "iPad Air", "iOS", 2), new("samsung", "SM-T580", "Galaxy Tab A", "Android", 2), new("samsung", "SM-T720", "Galaxy Tab S5e", "Android", 1)];

    public static IReadOnlyList<DeviceModel> Computers { get; } =
    [
        new("LENOVO", "20N2", "ThinkPad", "Windows", 4), new("HP", "EliteBook 840", "EliteBook", "Windows", 4), new("Dell Inc.", "Latitude 7400", "Latitude", "Windows", 3),
        new("ASUS", "X509", "VivoBook", "Windows", 2), new("Acer", "Aspire A515", "Aspire", "Windows", 2), new("Apple", "MacBookPro15,2", "MacBook Pro", "Mac OS X", 3),
        new("Apple", "MacBookAir8,1", "MacBook Air", "Mac OS X", 2), new("Dell Inc.", "XPS 13", "XPS", "Linux", 0.5),
    ];

    public static DeviceModel Pick(IReadOnlyList<DeviceModel> models, ref Dice dice) =>
        models[dice.Weighted([.. models.Select(model => model.Weight)])];

    /// <summary>Whether somebody who knows nothing else would try it first.</summary>
    public bool IsPopular => Weight >= 5;

    private static DeviceModel Apple(string name, string marketing, double weight) => new("Apple", name, marketing, "iOS", weight);

    private static DeviceModel Android(string maker, string name, string marketing, double weight) => new(maker, name, marketing, "Android", weight);
}
