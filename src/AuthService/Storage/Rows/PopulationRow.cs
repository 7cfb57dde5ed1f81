namespace AuthService.Storage.Rows;

/// <summary>How many distinct accounts have a value: a keyed token and a sketch that no account can be read off (<c>docs/ecv.md</c>).</summary>
public sealed class PopulationRow
{
    /// <summary>Kind, level and token.</summary>
    public required byte[] Key { get; init; }
    public required byte[] Sketch { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
}
