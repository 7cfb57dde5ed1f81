namespace AuthService.RiskLab.Files;

/// <summary>A file that cannot be read as what it should be.</summary>
internal sealed class FileProblemException(string message) : Exception(message);

/// <summary>Counts what could not be read, and tells the first of each kind with its line.</summary>
internal sealed class Problems(TextWriter output)
{
    private const int ShownPerKind = 5;
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Note(long line, string problem)
    {
        var count = _counts[problem] = _counts.GetValueOrDefault(problem) + 1;
        if (count <= ShownPerKind)
            output.WriteLine($"line {line}: {problem}");
    }

    public void Summarise()
    {
        foreach (var (problem, count) in _counts)
            output.WriteLine($"{count:N0} × {problem}");
    }
}
