namespace AuthService.RiskLab.Reports;

/// <summary>Puts a report between its markers in a page, and leaves the rest of the page alone.</summary>
internal static class MarkdownSection
{
    private const string Begin = "<!-- risklab -->";
    private const string End = "<!-- /risklab -->";

    /// <returns>The page with the section in it; at its end if it has no markers yet.</returns>
    public static string Insert(string page, string section)
    {
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        var marked = $"{Begin}\n{section.Trim()}\n{End}";
        return begin >= 0 && end > begin
            ? page[..begin] + marked + page[(end + End.Length)..]
            : $"{page.TrimEnd()}\n\n{marked}\n";
    }
}
