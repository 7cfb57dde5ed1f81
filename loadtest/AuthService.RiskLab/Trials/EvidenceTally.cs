using AuthService.Ecv.Risk;

namespace AuthService.RiskLab.Trials;

/// <summary>Which lines of evidence counted, and for how much: what a table of rates cannot explain.</summary>
internal sealed class EvidenceTally
{
    private readonly SortedDictionary<(string Characteristic, EvidenceCode Code), (long Count, long Millibits)> _lines = [];

    public long Verdicts { get; private set; }

    public void Add(RiskVerdict? verdict)
    {
        if (verdict is null)
            return;

        Verdicts++;
        foreach (var line in verdict.Evidence)
        {
            if (!line.Counted)
                continue;
            var (count, millibits) = _lines.GetValueOrDefault((line.Characteristic, line.Code));
            _lines[(line.Characteristic, line.Code)] = (count + 1, millibits + line.Millibits);
        }
    }

    /// <summary>By how often they counted: the characteristic, what it showed, in which share of the verdicts, and how many bits in the mean.</summary>
    public IEnumerable<(string Characteristic, EvidenceCode Code, double Share, double Bits)> Lines() => _lines
        .OrderByDescending(line => line.Value.Count)
        .Select(line => (line.Key.Characteristic, line.Key.Code, (double)line.Value.Count / Verdicts, line.Value.Millibits / 1000.0 / line.Value.Count));
}
