using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace AuthService.Hosting.Errors;

/// <summary>Collects what is wrong with a request, so that its sender learns all of it at once.</summary>
/// <example>
/// <code>
/// var fields = new FieldViolations();
/// var region = fields.Parse("region", request.Region, Region.TryParse, "two lower-case letters");
/// fields.ThrowIfAny();
/// </code>
/// </example>
public sealed class FieldViolations
{
    // google.protobuf.Timestamp: years 1 to 9999.
    private const long FirstSecond = -62_135_596_800, LastSecond = 253_402_300_799;

    // google.protobuf.Duration: ten thousand years.
    private const long MostSeconds = 315_576_000_000;

    private readonly List<BadRequest.Types.FieldViolation> _violations = [];

    public delegate bool Parser<T>(string text, out T value);

    public bool Any => _violations.Count > 0;

    /// <param name="field">The path of the field as in the proto: <c>environment.wifi.bssid</c>.</param>
    /// <param name="description">What it must be. Never what it was.</param>
    public void Add(string field, string description) =>
        _violations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = description });

    /// <summary>A required field that has to parse.</summary>
    public T Parse<T>(string field, string text, Parser<T> parser, string description)
    {
        if (!parser(text, out var value))
            Add(field, text.Length == 0 ? $"Required: {description}." : $"Must be {description}.");
        return value;
    }

    /// <summary>Text of bounded length without control characters; empty only if that is allowed.</summary>
    public string Text(string field, string text, int maxLength, bool required = false)
    {
        if (required && text.Length == 0)
            Add(field, "Required.");
        else if (text.Length > maxLength)
            Add(field, $"Must be at most {maxLength} characters.");
        else if (text.Any(char.IsControl))
            Add(field, "Must not contain control characters.");
        return text;
    }

    /// <summary>A point in time, if one is given.</summary>
    public DateTimeOffset? Time(string field, Timestamp? time)
    {
        if (time is null)
            return null;
        if (time.Seconds is >= FirstSecond and <= LastSecond && time.Nanos is >= 0 and <= 999_999_999)
            return time.ToDateTimeOffset();
        Add(field, "Must be a valid timestamp.");
        return null;
    }

    /// <summary>A length of time, if one is given.</summary>
    public TimeSpan? Span(string field, Duration? span)
    {
        if (span is null)
            return null;
        if (span.Seconds is >= -MostSeconds and <= MostSeconds && span.Nanos is >= -999_999_999 and <= 999_999_999
            && (span.Seconds == 0 || span.Nanos == 0 || (span.Seconds < 0) == (span.Nanos < 0)))
            return TimeSpan.FromSeconds(span.Seconds) + TimeSpan.FromMicroseconds(span.Nanos / 1000);
        Add(field, "Must be a valid duration.");
        return null;
    }

    /// <summary>AIP-155: empty, or 1 to 64 characters of printable ASCII.</summary>
    public string RequestId(string requestId)
    {
        if (requestId.Length > 64 || requestId.AsSpan().ContainsAnyExceptInRange('!', '~'))
            Add("request_id", "Must be at most 64 characters of printable ASCII without spaces.");
        return requestId;
    }

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT, <c>INVALID_FIELD</c>, with all that was added.</exception>
    public void ThrowIfAny()
    {
        if (Any)
            throw CallErrors.InvalidFields(_violations);
    }
}
