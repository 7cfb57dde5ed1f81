using System.Globalization;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Files;

/// <summary>Writes logins as the RBA data set has them.</summary>
internal sealed class RbaWriter(TextWriter text)
{
    private long _index;

    public void WriteHeader() => WriteRow(RbaColumns.All);

    public void Write(LabLogin login, bool isTakeover) => WriteRow(
    [
        Number(_index++),
        login.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        login.User,
        login.Origin.RoundTrip is { } time ? Number((long)time.TotalMilliseconds) : "",
        login.Origin.Peer?.ToString() ?? "",
        login.Origin.Country ?? "",
        login.Origin.Region ?? "",
        login.Origin.City ?? "",
        login.Origin.Asn is { } asn ? Number(asn) : "",
        login.Agent.Text,
        login.Agent.Browser,
        login.Agent.Os,
        login.Agent.DeviceType,
        Truth(login.Successful),
        Truth(login.FromAttackAddress),
        Truth(isTakeover),
    ]);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Truth(bool value) => value ? "True" : "False";

    private void WriteRow(IReadOnlyList<string> fields)
    {
        for (var at = 0; at < fields.Count; at++)
        {
            if (at > 0)
                text.Write(',');
            text.Write(fields[at].AsSpan().ContainsAny(',', '"', '\n') || fields[at].Contains('\r', StringComparison.Ordinal)
                ? $"\"{fields[at].Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                : fields[at]);
        }

        text.Write('\n');
    }
}
