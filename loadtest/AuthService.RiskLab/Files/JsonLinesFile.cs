using System.Text.Json;
using AuthService.Ecv.Signals;
using AuthService.Environments;
using AuthService.RiskLab.Logins;
using AuthService.V1;
using Google.Protobuf;

namespace AuthService.RiskLab.Files;

/// <summary>Reads rich logins, one JSON object a line; signals as a client would send them, through the server's own mapping.</summary>
internal static class JsonLinesFile
{
    private static readonly JsonParser Signals = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(ignoreUnknownFields: true));
    private static readonly UserAgent NoAgent = new("", "", "", "");

    public static IEnumerable<FileLogin> Read(TextReader text, Problems problems)
    {
        for (long line = 1; text.ReadLine() is { } json; line++)
        {
            if (!string.IsNullOrWhiteSpace(json) && ToLogin(json.TrimStart('\uFEFF'), line, problems) is { } login)
                yield return login;
        }
    }

    private static FileLogin? ToLogin(string json, long line, Problems problems)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var row = document.RootElement;
            if (row.ValueKind != JsonValueKind.Object)
            {
                problems.Note(line, "left out: not a JSON object");
                return null;
            }

            if (Fields.Time(Text(row, "time")) is not { } time || Fields.User(Text(row, "user")) is not { } user)
            {
                problems.Note(line, "left out: no time or no user that can be read");
                return null;
            }

            return new FileLogin(Text(row, "index") ?? "", new LabLogin
            {
                User = user,
                Time = time,
                Origin = new Origin(
                    Fields.Address(Text(row, "peer")), Fields.Asn(Text(row, "asn")), Fields.Country(Text(row, "country")), Fields.Class(Text(row, "networkClass"))),
                Agent = NoAgent,
                Signals = ReadSignals(row, line, problems),
                Key = Text(row, "key") is { Length: > 0 } key ? key : null,
                Completed = Fields.Truth(Text(row, "completed")) == true,
            });
        }
        catch (JsonException)
        {
            problems.Note(line, "left out: not JSON");
            return null;
        }
    }

    /// <summary>A single signal that a server would refuse is left out alone: what else the row says still counts.</summary>
    private static RawSignals ReadSignals(JsonElement row, long line, Problems problems)
    {
        if (!row.TryGetProperty("signals", out var signals) || signals.ValueKind == JsonValueKind.Null)
            return new RawSignals();

        RawSignals raw;
        try
        {
            raw = SignalMapping.ToRaw(Signals.Parse<EnvironmentSignals>(signals.GetRawText()));
        }
        catch (Exception unreadable) when (unreadable is InvalidProtocolBufferException or InvalidOperationException or FormatException or OverflowException)
        {
            problems.Note(line, "judged without signals: they are no EnvironmentSignals in proto3 JSON");
            return new RawSignals();
        }

        if (SignalParser.TryParse(raw, out _, out var violations))
            return raw;

        foreach (var violation in violations)
            problems.Note(line, $"judged without {violation.Field.Split('[')[0]}: it {violation.Description}");
        return SignalRepair.Without(raw, violations);
    }

    private static string? Text(JsonElement row, string name) => !row.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => value.GetRawText(),
    };
}
