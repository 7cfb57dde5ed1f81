using System.Threading.RateLimiting;
using AuthService.Client.AspNetCore.Tokens;
using AuthService.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthService.Client.AspNetCore.Questions;

/// <summary>Asks AuthService about single tokens (<c>ValidateSession</c>). Bounded in number, in line and in time.</summary>
internal sealed class SessionQuestions(
    ServiceConnection service, SessionsMetrics metrics, IOptions<AuthServiceSessionsOptions> options, TimeProvider clock, ILogger<SessionQuestions> log)
    : IDisposable
{
    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.QuestionsAtOnce, QueueLimit = options.Value.QuestionsWaiting,
    });

    private int _isUnanswered;

    /// <summary>What AuthService says of a token, now or as short ago as it allows.</summary>
    public async ValueTask<SessionVerdict> AskAsync(KnownToken token, string accessToken, CancellationToken cancellationToken)
    {
        if (token.Answered(clock) is { } session)
            return new SessionVerdict.Good(session);

        using var patience = new CancellationTokenSource(options.Value.Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var turn = await _turns.AcquireAsync(1, either.Token);
            if (!turn.IsAcquired)
                return Unanswered("shed", null);

            // Others may have asked the same while this one waited.
            return token.Answered(clock) is { } known ? new SessionVerdict.Good(known) : await AskNowAsync(token, accessToken, either.Token);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested
            && problem is RpcException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            return Unanswered("failed", problem);
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<SessionVerdict> AskNowAsync(KnownToken token, string accessToken, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        var answer = await service.Sessions.ValidateSessionAsync(
            new ValidateSessionRequest { AccessToken = accessToken },
            await service.CredentialAsync(cancellationToken),
            cancellationToken: cancellationToken);
        if (Interlocked.Exchange(ref _isUnanswered, 0) == 1)
            log.Answered();

        metrics.Asked(answer.Active ? "good" : "refused");
        if (!answer.Active)
            return Refused(token, answer.Reason);

        var session = Read(answer);
        var knownAt = answer.FreshUntil is { } until ? until.ToDateTimeOffset() - Freshness.Longest : DateTimeOffset.MinValue;
        token.Take(new Answer(session, Freshness.Of(answer.FreshUntil, asked), knownAt));
        return new SessionVerdict.Good(session);
    }

    private static SessionVerdict.Refused Refused(KnownToken token, InactiveReason reason)
    {
        if (reason == InactiveReason.Revoked)
            token.Revoke();
        return new SessionVerdict.Refused(reason switch
        {
            InactiveReason.Revoked => SessionRefusal.Revoked,
            InactiveReason.Expired => SessionRefusal.Expired,
            _ => SessionRefusal.Invalid,
        });
    }

    private static ValidSession Read(ValidateSessionResponse answer) => new()
    {
        AccountId = answer.AccountId,
        SessionId = answer.SessionId,
        DeviceId = answer.DeviceId,
        KeyThumbprint = answer.KeyThumbprint,
        Amr = [.. answer.Amr],
        Aal = answer.Aal,
        Scopes = [.. answer.Scopes],
        ExpiresAt = answer.ExpiresAt.ToDateTimeOffset(),
    };

    private SessionVerdict.Unavailable Unanswered(string result, Exception? problem)
    {
        metrics.Asked(result);

        // Once, not for each token.
        if (Interlocked.Exchange(ref _isUnanswered, 1) == 0)
            log.Unanswered(problem);
        return new SessionVerdict.Unavailable("AuthService has to be asked about this token, and does not answer.");
    }
}
