using AuthService.Hosting.Calls;
using AuthService.Security.Keys;
using AuthService.Storage.Ids;
using AuthService.V1;

namespace AuthService.Audit;

/// <summary>Something that happened, to be recorded with the change that it reports.</summary>
/// <param name="Type">What.</param>
/// <param name="Call">In which call.</param>
public sealed record AuditEntry(EventType Type, Call Call)
{
    /// <summary>The account that it is about, or null.</summary>
    public AccountId? Account { get; init; }

    /// <summary>Its keys: the network address is sealed under them, so that erasing the account erases the address.</summary>
    public AccountKeys? Keys { get; init; }

    public SessionId? Session { get; init; }
    public DeviceId? Device { get; init; }

    /// <summary>The reason answered, or null.</summary>
    public string? Reason { get; init; }

    public string? VerdictId { get; init; }

    /// <summary>The verdict, as the log keeps it.</summary>
    public JudgedVerdict? Verdict { get; init; }

    /// <summary>Further facts. Never secrets, signals or contacts.</summary>
    public IReadOnlyDictionary<string, string>? Details { get; init; }
}
