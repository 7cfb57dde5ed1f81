using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Files;

/// <summary>Reads the RBA data set as it is: its 16 columns, in whatever order the header has them.</summary>
internal static class RbaFile
{
    /// <summary>What a row cannot do without.</summary>
    private static readonly string[] Needed = [RbaColumns.Timestamp, RbaColumns.User];

    /// <exception cref="FileProblemException">There is no such header, or a quote has no end.</exception>
    public static IEnumerable<FileLogin> Read(TextReader text, Problems problems)
    {
        var csv = new CsvReader(text);
        var header = csv.Read() ?? throw new FileProblemException("The file is empty.");
        header[0] = header[0].TrimStart('\uFEFF');
        var missing = RbaColumns.All.Except(header.Select(name => name.Trim()), StringComparer.OrdinalIgnoreCase).ToArray();
        if (missing.Length > 0)
            throw new FileProblemException($"line 1: the header lacks {string.Join(", ", missing)}");

        var at = header.Select((name, column) => (name, column)).ToDictionary(pair => pair.name.Trim(), pair => pair.column, StringComparer.OrdinalIgnoreCase);
        while (csv.Read() is { } row)
        {
            if (row is [""])
                continue;
            if (row.Count != header.Count)
                problems.Note(csv.Line, $"left out: not {header.Count} fields");
            else if (ToLogin(row, at) is { } login)
                yield return login;
            else
                problems.Note(csv.Line, $"left out: no {string.Join(" or no ", Needed)} that can be read");
        }
    }

    private static FileLogin? ToLogin(List<string> row, Dictionary<string, int> at)
    {
        string Field(string column) => row[at[column]];

        if (Fields.Time(Field(RbaColumns.Timestamp)) is not { } time || Fields.User(Field(RbaColumns.User)) is not { } user)
            return null;

        var successful = Fields.Truth(Field(RbaColumns.Successful)) == true;
        return new FileLogin(Field(RbaColumns.Index), new LabLogin
        {
            User = user,
            Time = time,
            Origin = new Origin(
                Fields.Address(Field(RbaColumns.Address)), Fields.Asn(Field(RbaColumns.Asn)), Fields.Country(Field(RbaColumns.Country)), default)
            {
                // Looked up from the address, as country and operator were: they say nothing that those do not, and no app claimed them.
                Region = Fields.Text(Field(RbaColumns.Region)),
                City = Fields.Text(Field(RbaColumns.City)),
                RoundTrip = Fields.Milliseconds(Field(RbaColumns.RoundTrip)),
            },
            Agent = new UserAgent(
                Fields.Whole(Field(RbaColumns.Agent)) ?? "",
                Fields.Text(Field(RbaColumns.Browser)) ?? "",
                Fields.Text(Field(RbaColumns.Os)) ?? "",
                Fields.Text(Field(RbaColumns.DeviceType)) ?? ""),
            // Who got in would have passed a step-up: the file has no other word on it.
            Completed = successful,
            Successful = successful,
        });
    }
}
