using System.Diagnostics.Metrics;
using AuthService.Hosting.Telemetry;
using AuthService.V1;

namespace AuthService.Sessions;

/// <summary>Validations and refreshes by result.</summary>
internal sealed class SessionMetrics
{
    public const string Good = "good";

    private readonly Meter _meter;
    private readonly Counter<long> _validations;
    private readonly Counter<long> _refreshes;

    public SessionMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(ServiceMeter.Name);
        _validations = _meter.CreateCounter<long>(
            "authservice.session.validations", "{token}", "Access tokens that services asked about, by result.");
        _refreshes = _meter.CreateCounter<long>(
            "authservice.session.refreshes", "{refresh}", "Refresh tokens that were presented, by result.");
    }

    /// <param name="fault">Unspecified if the token is good.</param>
    public void Validated(InactiveReason fault) => _validations.Add(1, new KeyValuePair<string, object?>("result", fault switch
    {
        InactiveReason.Unspecified => Good,
        InactiveReason.Expired => "expired",
        InactiveReason.Revoked => "revoked",
        InactiveReason.ScopeMissing => "scope_missing",
        InactiveReason.AalTooLow => "aal_too_low",
        _ => "invalid",
    }));

    /// <param name="result"><see cref="Good"/>, or the error's reason.</param>
    public void Refreshed(string result) => _refreshes.Add(1, new KeyValuePair<string, object?>("result", result));
}
