using System.Diagnostics.Metrics;
using AuthService.Client.AspNetCore.Changes;

namespace AuthService.Client.AspNetCore;

/// <summary>What operators of the service watch. No tag holds what a caller chooses.</summary>
internal sealed class SessionsMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _validations;
    private readonly Counter<long> _questions;
    private readonly Counter<long> _fetches;

    public SessionsMetrics(IMeterFactory meters, KnownChanges changes)
    {
        _meter = meters.Create(AuthServiceSessionsDefaults.MeterName);
        _validations = _meter.CreateCounter<long>("authservice.client.validations", "{token}", "Access tokens, by result.");
        _questions = _meter.CreateCounter<long>("authservice.client.questions", "{question}", "Tokens that AuthService was asked about, by result.");
        _fetches = _meter.CreateCounter<long>("authservice.client.key_fetches", "{fetch}", "Reads of the signing keys, by result.");
        _meter.CreateObservableGauge(
            "authservice.client.feed.fresh", () => changes.IsFresh ? 1 : 0, "{feed}", "1 while tokens are answered from memory, 0 while AuthService is asked.");
    }

    public void Validated(SessionVerdict verdict) => _validations.Add(1, Result(verdict switch
    {
        SessionVerdict.Good => "good",
        SessionVerdict.Refused { Why: SessionRefusal.Expired } => "expired",
        SessionVerdict.Refused { Why: SessionRefusal.Revoked } => "revoked",
        SessionVerdict.Refused { Why: SessionRefusal.KeyBound } => "key_bound",
        SessionVerdict.Refused => "invalid",
        _ => "unavailable",
    }));

    public void Asked(string result) => _questions.Add(1, Result(result));

    public void Fetched(bool worked) => _fetches.Add(1, Result(worked ? "good" : "failed"));

    private static KeyValuePair<string, object?> Result(string result) => new("result", result);
}
