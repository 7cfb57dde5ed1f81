namespace AuthService.Storage.Ids;

/// <summary>Names a session, and the family of refresh tokens that carries it.</summary>
public readonly record struct SessionId
{
    private const string Kind = "ses";

    private SessionId(string value) => Value = value;

    /// <summary>The text form, see <see cref="IdText"/>.</summary>
    public string Value { get; }

    /// <summary>The region that it lives in: two lower-case letters.</summary>
    public string Region => IdText.RegionOf(Value, Kind);

    public static SessionId Create(string region, TimeProvider clock) => new(IdText.Create(Kind, region, clock));

    public static bool TryParse(string? text, out SessionId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Kind);
        id = wellFormed ? new SessionId(text!) : default;
        return wellFormed;
    }

    /// <summary>For text that this service wrote itself: a database column, a verified token.</summary>
    /// <exception cref="FormatException">The text is no such id.</exception>
    public static SessionId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not an id of kind ses.");

    public override string ToString() => Value;
}
