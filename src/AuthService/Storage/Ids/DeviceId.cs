namespace AuthService.Storage.Ids;

/// <summary>Names a device that is bound to an account. The hardware's own identifier is another thing: <c>hardware_id</c>.</summary>
public readonly record struct DeviceId
{
    private const string Kind = "dev";

    private DeviceId(string value) => Value = value;

    /// <summary>The text form, see <see cref="IdText"/>.</summary>
    public string Value { get; }

    /// <summary>The region that it lives in: two lower-case letters.</summary>
    public string Region => IdText.RegionOf(Value, Kind);

    public static DeviceId Create(string region, TimeProvider clock) => new(IdText.Create(Kind, region, clock));

    public static bool TryParse(string? text, out DeviceId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Kind);
        id = wellFormed ? new DeviceId(text!) : default;
        return wellFormed;
    }

    /// <summary>For text that this service wrote itself: a database column, a verified token.</summary>
    /// <exception cref="FormatException">The text is no such id.</exception>
    public static DeviceId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not an id of kind dev.");

    public override string ToString() => Value;
}
