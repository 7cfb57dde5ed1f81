namespace AuthService.Storage.Ids;

/// <summary>Names an account.</summary>
public readonly record struct AccountId
{
    private const string Kind = "acc";

    private AccountId(string value) => Value = value;

    /// <summary>The text form, see <see cref="IdText"/>.</summary>
    public string Value { get; }

    /// <summary>The region that it lives in: two lower-case letters.</summary>
    public string Region => IdText.RegionOf(Value, Kind);

    public static AccountId Create(string region, TimeProvider clock) => new(IdText.Create(Kind, region, clock));

    public static bool TryParse(string? text, out AccountId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Kind);
        id = wellFormed ? new AccountId(text!) : default;
        return wellFormed;
    }

    /// <summary>For text that this service wrote itself: a database column, a verified token.</summary>
    /// <exception cref="FormatException">The text is no such id.</exception>
    public static AccountId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not an id of kind acc.");

    public override string ToString() => Value;
}
