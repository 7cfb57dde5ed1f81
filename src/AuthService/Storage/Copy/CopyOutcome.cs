namespace AuthService.Storage.Copy;

/// <summary>What became of a copy, or of a comparison.</summary>
public abstract record CopyOutcome
{
    private CopyOutcome()
    {
    }

    /// <summary>It was not begun.</summary>
    /// <param name="Why">Sentences that say what to do.</param>
    public sealed record Refused(string Why) : CopyOutcome;

    /// <summary>All tables were read on both sides. Of a copy with a difference nothing was kept.</summary>
    public sealed record Compared(IReadOnlyList<TableComparison> Tables) : CopyOutcome
    {
        public bool IsSame => Tables.All(table => table.IsSame);
    }
}
