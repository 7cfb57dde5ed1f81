using AuthService.Client.Keys;
using AuthService.Client.Sessions;
using AuthService.V1;

namespace AuthService.Client.Calls;

/// <summary>The ways in which this app can show up: as the person signed in, as a known device, or as nobody yet.</summary>
internal sealed class Callers(SessionKeeper sessions, IDeviceKey? configuredKey)
{
    private volatile BoundKey? _bound;

    public static CallerSource Nobody { get; } = CallerSource.Of(Caller.Anonymous);

    /// <summary>The person signed in; proven, if the session is bound to this app's key.</summary>
    public CallerSource Person => new(token => AsPersonAsync(fresh: false, token), RenewAsync);

    /// <summary>The same, each time with a challenge.</summary>
    public CallerSource FreshPerson => new(token => AsPersonAsync(fresh: true, token), RenewAsync);

    /// <summary>Nobody yet, but on this device, if its key is bound.</summary>
    public CallerSource Device => new(AsDeviceAsync);

    /// <summary>The same, with a challenge: its key is the factor.</summary>
    public CallerSource FreshDevice => new(async token => await AsDeviceAsync(token) with { AnswersChallenge = true });

    public CallerSource Login => new(async token =>
        await AsDeviceAsync(token) with { ChallengePurpose = ChallengePurpose.Login, AnswersChallenge = true });

    /// <summary>The session's own key, and no access token, which may have ended. The refresh token is in the message, which the proof covers.</summary>
    public CallerSource Refresh(ClientSession session) => CallerSource.Of(new Caller { Provers = ProversOf(session.DeviceId) });

    /// <summary>The new key, then the one that the session is bound to: the countersignature.</summary>
    public CallerSource Binding(IDeviceKey newKey) => new(
        async token =>
        {
            var person = await AsPersonAsync(fresh: true, token);
            return person with { Provers = [new Prover(newKey, ""), .. person.Provers], ChallengePurpose = ChallengePurpose.BindDevice };
        },
        RenewAsync);

    public bool CanProve(string deviceId) => ProversOf(deviceId).Count > 0;

    /// <summary>From now on the device is this key; until something is bound, it is the key of the options.</summary>
    public void Bound(string deviceId, IDeviceKey key) => _bound = new BoundKey(deviceId, key);

    private async ValueTask<Caller> AsPersonAsync(bool fresh, CancellationToken cancellationToken)
    {
        var session = await sessions.CurrentAsync(cancellationToken);
        return new Caller { AccessToken = session.AccessToken, Provers = ProversOf(session.DeviceId), AnswersChallenge = fresh };
    }

    private async ValueTask<Caller> AsDeviceAsync(CancellationToken cancellationToken) =>
        new() { Provers = ProversOf((await sessions.StateAsync(cancellationToken)).DeviceId) };

    private async Task RenewAsync(Caller caller, CancellationToken cancellationToken)
    {
        var session = await sessions.CurrentAsync(cancellationToken);
        if (session.AccessToken == caller.AccessToken)
            await sessions.RefreshAsync(session, cancellationToken);
    }

    private IReadOnlyList<Prover> ProversOf(string deviceId)
    {
        var key = _bound is { } bound && bound.DeviceId == deviceId ? bound.Key : configuredKey;
        return deviceId.Length > 0 && key is not null ? [new Prover(key, deviceId)] : [];
    }

    private sealed record BoundKey(string DeviceId, IDeviceKey Key);
}
