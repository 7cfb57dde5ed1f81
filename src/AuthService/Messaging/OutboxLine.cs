using System.Text.Json.Serialization;

namespace AuthService.Messaging;

/// <summary>A line of Development's outbox.</summary>
/// <param name="To">The address or number.</param>
/// <param name="Template">Its name as in <see cref="MessageTemplate"/>.</param>
/// <param name="Code">Left out where the message carries none.</param>
/// <param name="Channel"><c>email</c> or <c>phone</c>.</param>
/// <param name="Locale">BCP 47.</param>
/// <param name="Time">When it was sent.</param>
/// <param name="ReportToken">Left out where the message carries none.</param>
internal sealed record OutboxLine(
    string To, MessageTemplate Template, string? Code, string Channel, string Locale, DateTimeOffset Time, string? ReportToken = null);

[JsonSerializable(typeof(OutboxLine))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class OutboxJson : JsonSerializerContext;
