using AuthService.Hosting;
using AuthService.Storage;
using AuthService.Storage.Hot;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Sessions;

/// <summary>Opens sessions, and gives new tokens to open ones.</summary>
public sealed class SessionIssuer
{
    /// <summary>How long a request's id is remembered (design §4).</summary>
    private static readonly TimeSpan RequestsKept = TimeSpan.FromHours(24);

    private readonly AccessTokens _accessTokens;
    private readonly RefreshTokens _refreshTokens;
    private readonly SessionStates _states;
    private readonly SessionEnder _ender;
    private readonly RequestIds _requestIds;
    private readonly IOptions<DeploymentOptions> _deployment;
    private readonly TimeProvider _clock;

    internal SessionIssuer(
        AccessTokens accessTokens,
        RefreshTokens refreshTokens,
        SessionStates states,
        SessionEnder ender,
        RequestIds requestIds,
        IOptions<DeploymentOptions> deployment,
        TimeProvider clock)
    {
        (_accessTokens, _refreshTokens, _states, _ender) = (accessTokens, refreshTokens, states, ender);
        (_requestIds, _deployment, _clock) = (requestIds, deployment, clock);
    }

    /// <summary>Opens a session, in the transaction of whatever entitles to it.</summary>
    public async Task<Session> OpenAsync(Work work, SessionGrant grant, CancellationToken cancellationToken)
    {
        await EndEarlierAsync(work, grant, cancellationToken);

        var id = SessionId.Create(_deployment.Value.Region, _clock);
        var token = _refreshTokens.Create(grant.Account, id, generation: 0);
        var factors = FactorSet.Of(grant.Factors);
        var row = new SessionRow
        {
            Id = id.Value,
            AccountId = grant.Account.Value,
            DeviceId = grant.Device?.Id,
            CreatedAt = work.Now,
            RefreshedAt = work.Now,
            ExpiresAt = work.Now + SessionOptions.Lifetime,
            Factors = factors.Bits,
            FactorAt = work.Now,
            SecondFactorAt = Assurance.AreTwoFactors(factors) ? work.Now : null,
            VouchedAt = factors.HasAnyOf(Assurance.Guards) ? work.Now : null,
            Risk = (int)grant.Risk,
            OpenedByRequestId = _requestIds.Fingerprint(grant.RequestId),
            CurrentHash = token.Hash,
        };
        work.Write(statements => statements.InsertSession, row);
        _states.Correct(work, row);
        return Tell(row, grant.Device, token, work.Now);
    }

    /// <summary>
    /// Gives an open session new tokens, and ends the old ones at once: after it was bound to a device key, or a factor was passed.
    /// The row's own changes are the caller's: its device, and what <see cref="PassedFactor.Note"/> notes.
    /// </summary>
    public async Task<Session> RenewAsync(Work work, SessionRow session, CancellationToken cancellationToken)
    {
        // Beyond the current token and a successor that may be on its way: whoever holds those gets nothing out of this.
        session.Generation += 2;
        session.TokensFrom = session.Generation;
        session.RefreshedAt = work.Now;

        var token = _refreshTokens.Create(AccountId.Parse(session.AccountId), SessionId.Parse(session.Id), session.Generation);
        session.CurrentHash = token.Hash;
        session.NextHash = null;
        session.NextSealed = null;
        session.ExchangedAt = null;
        _states.Change(work, session, SessionEffect.TokensReplaced);

        var device = session.DeviceId is { } id ? await work.Rows.Devices.FindAsync([id], cancellationToken) : null;
        return Tell(session, device, token, work.Now);
    }

    /// <summary>The session with a new access token, for its owner.</summary>
    /// <param name="device">That it is bound to, or null.</param>
    internal Session Tell(SessionRow row, DeviceRow? device, RefreshToken refreshToken, DateTimeOffset now)
    {
        var state = SessionState.Of(row);
        var key = device is null ? ((DeviceId, string)?)null : (DeviceId.Parse(device.Id), device.KeyThumbprint);
        var (accessToken, accessExpiresAt) = _accessTokens.Issue(state, key, refreshToken.Generation, now);
        return new Session
        {
            SessionId = row.Id,
            AccessToken = accessToken,
            RefreshToken = refreshToken.Text,
            AccessExpiresAt = Timestamp.FromDateTimeOffset(accessExpiresAt),
            RefreshExpiresAt = Timestamp.FromDateTimeOffset(row.ExpiresAt),
            AccountId = row.AccountId,
            DeviceId = row.DeviceId ?? "",
            Amr = { state.Methods },
            Aal = Assurance.LevelAt(state.Aal2Until, now),
        };
    }

    /// <summary>A request that is sent again, because its answer was lost, ends what its first run opened (design §4).</summary>
    private async Task EndEarlierAsync(Work work, SessionGrant grant, CancellationToken cancellationToken)
    {
        if (_requestIds.Fingerprint(grant.RequestId) is not { } request)
            return;

        var (account, since) = (grant.Account.Value, work.Now - RequestsKept);
        if (!await work.FindsAsync(statements => statements.FindOpened, new SessionOpening(account, since, request), cancellationToken))
            return;

        var earlier = await work.Rows.Sessions
            .Where(row => row.AccountId == account && row.CreatedAt > since && row.OpenedByRequestId == request && row.EndedAt == null)
            .ToListAsync(cancellationToken);
        foreach (var row in earlier)
            _ender.End(work, row, SessionEnd.Superseded);
    }
}
