using AuthService.V1;
using Spectre.Console;

namespace AuthService.Cli.Output;

/// <summary>Lines of evidence: what counted first, and of that the weightiest.</summary>
internal static class EvidenceTable
{
    public static Table Of(IReadOnlyList<Evidence> lines)
    {
        var largest = Math.Max(1, lines.Select(line => Math.Abs(line.Millibits)).DefaultIfEmpty().Max());
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("characteristic", "group", "shows", "from", "bits", "trust                  doubt");
        table.Columns[4].RightAligned();
        foreach (var line in lines.OrderByDescending(line => line.Counted).ThenByDescending(line => Math.Abs(line.Millibits)))
        {
            // What another line of its group spoke for is shown, but did not count.
            var style = line switch { { Counted: false } => "grey", { Millibits: > 0 } => "red", { Millibits: < 0 } => "green", _ => "default" };
            var bits = line.Counted ? Bits.InWords(line.Millibits) : $"({Bits.InWords(line.Millibits)})";
            table.AddRow(
                Cell(style, line.Characteristic), Cell(style, line.Group), Cell(style, Names.InContract(line.Code)),
                Cell(style, Names.InContract(line.Provenance)), Cell(style, bits), Cell(style, Bits.Bar(line.Millibits, largest)));
        }

        return table;
    }

    private static string Cell(string style, string text) => $"[{style}]{Markup.Escape(text)}[/]";
}
