using System.Diagnostics.Metrics;
using AuthService.Hosting.Telemetry;

namespace AuthService.Login;

/// <summary>Logins by outcome.</summary>
internal sealed class LoginMetrics
{
    public const string Allowed = "allowed", SteppedUp = "stepped_up", Denied = "denied", Failed = "failed", Limited = "limited", Overloaded = "overloaded";

    private readonly Meter _meter;
    private readonly Counter<long> _logins;
    private readonly Counter<long> _stepUps;

    public LoginMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(ServiceMeter.Name);
        _logins = _meter.CreateCounter<long>("authservice.logins", "{login}", "Logins by outcome.");
        _stepUps = _meter.CreateCounter<long>("authservice.step_ups", "{step_up}", "Step-ups that were tried to be completed, by result.");
    }

    public void SignedIn(string outcome) => _logins.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void SteppedUpWith(bool passed) => _stepUps.Add(1, new KeyValuePair<string, object?>("result", passed ? "passed" : "refused"));
}
